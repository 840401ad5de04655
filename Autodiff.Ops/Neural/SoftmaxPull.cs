using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What a softmax y does to a cotangent w: z = scale·y·(w − Σ w·y), the symmetric matrix diag(y) − y·yᵀ of each lane times w.</summary>
/// <remarks>
/// Shapes: y and w alike → theirs. w̄ is the same matrix times z̄; ȳ = scale·(z̄·(w − Σ w·y) − w·Σ z̄·y). A product with a zero w is zero whatever y is: a
/// lane whose w is zero gives zero although its y is NaN.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Scale">The factor by which the softmax's operand was multiplied.</param>
internal readonly record struct SoftmaxPull(int Axis, double Scale) : IOperation<SoftmaxPull>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static bool Adds => true;

    public static Variable<T> Of<T>(Variable<T> y, Variable<T> w, int axis, double scale) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new SoftmaxPull(axis, scale), y, w);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        SoftmaxPulls.Softmax(step[0], step[1], step.Output, outer, n, inner, T.CreateTruncating(Scale), step.Adds);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = step[0], w = step[1], zBar = step.Cotangent;
        step.Accumulate(1, this, y, zBar);
        if (!step.Wants(0)) return;
        Variable<T> inner = w - Variable<T>.Apply<Chain>(w, y).Sum(Axis, keepDims: true), outer = Variable<T>.Apply<Chain>(zBar, y).Sum(Axis, keepDims: true);
        step.Accumulate(0, (Variable<T>.Apply<Chain>(zBar, inner) - Variable<T>.Apply<Chain>(outer, w)) * Variable<T>.Of(Scale));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Of(x[0], x[1], 1, 1), Sample.Of(3, 5), Sample.Of(3, 5)),
        new("a middle axis, scaled", x => Of(x[0], x[1], 1, 0.5), Sample.Of(2, 3, 4), Sample.Of(2, 3, 4)),
    ];
}
