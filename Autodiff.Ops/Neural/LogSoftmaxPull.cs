using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What the logarithm y of a softmax does to a cotangent w: z = w − e^y·Σ w in each lane.</summary>
/// <remarks>Shapes: y and w alike → theirs. w̄ = z̄ − Σ z̄·e^y; ȳ = −z̄·e^y·Σ w. Where Σ w is zero, z is w whatever y is.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
internal readonly record struct LogSoftmaxPull(int Axis) : IOperation<LogSoftmaxPull>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static bool Adds => true;

    public static Variable<T> Of<T>(Variable<T> y, Variable<T> w, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new LogSoftmaxPull(axis), y, w);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        SoftmaxPulls.LogSoftmax(step[0], step[1], step.Output, outer, n, inner, step.Adds);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> w = step[1], zBar = step.Cotangent, product = Variable<T>.Apply<Chain>(zBar, step[0].Exp());
        step.Accumulate(1, zBar - product.Sum(Axis, keepDims: true));
        if (step.Wants(0)) step.Accumulate(0, -Variable<T>.Apply<Chain>(product, w.Sum(Axis, keepDims: true)));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Of(x[0], x[1], 1), Sample.Of(3, 5), Sample.Of(3, 5)),
        new("a middle axis", x => Of(x[0], x[1], 1), Sample.Of(2, 3, 4), Sample.Of(2, 3, 4)),
    ];
}
