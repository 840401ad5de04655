using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What the cross entropy of rows of scores does to a cotangent w of its rows: z = w·(softmax x − the label's unit vector).</summary>
/// <remarks>
/// Shapes: x [n, classes], w [n] → x's. w̄ = Σ z̄·(softmax x − unit vector) over the row; x̄ is w·z̄ pulled back by the softmax. A row with w = 0 gives zero
/// whatever its scores are.
/// </remarks>
internal readonly record struct CrossEntropyPull(IntegerList Places) : IOperation<CrossEntropyPull>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> w, IntegerList places) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new CrossEntropyPull(places), x, w);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[1];
        fixed (T* x = step[0], w = step[1], z = step.Output)
        fixed (int* places = step.Integers(Places))
            SharedRows.Run(new CrossEntropyRows<T> { X = x, W = w, Z = z, Places = places, N = n }, step.Shape(0)[0], n);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> x = step[0], w = step[1], zBar = step.Cotangent, p = x.Softmax(1);
        step.Accumulate(1, Variable<T>.Apply<Chain>(zBar, p).Sum(1) - PickElements.Of(zBar, Places, w.Shape));
        if (step.Wants(0)) step.Accumulate(0, SoftmaxPull.Of(p, Variable<T>.Apply<Chain>(w.Reshape([w.Size, 1]), zBar), 1, 1));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("rows", x => Of(x[0], x[1], x[0].Store([2, 3, 6, 10])), Sample.Of(4, 3), Sample.Of(4))];
}
