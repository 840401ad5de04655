using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Weighted sums of the differences of each point to all others: Yᵢ = Σⱼ Wᵢⱼ·(aᵢ − bⱼ); what the derivative of distances consists of.</summary>
/// <remarks>Shapes: W [..., m, n], a [..., m, d], b [..., n, d] → [..., m, d], with the same leading axes. W̄ᵢⱼ = ⟨Ȳᵢ, aᵢ − bⱼ⟩, āᵢ = (Σⱼ Wᵢⱼ)·Ȳᵢ, b̄ = −Wᵀ·Ȳ. A zero weight contributes zero.</remarks>
internal readonly record struct DifferenceSums : IOperation<DifferenceSums>
{
    public static Saved Saves => Saved.Inputs;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[1];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = step.Shape(0)[-2], n = step.Shape(0)[-1], d = step.Shape(1)[-1], count = Squares.Count(step.Shape(0));
        for (int i = 0; i < count; i++)
            PairDifferences.Sums(step[0].Slice(i * m * n, m * n), step[1].Slice(i * m * d, m * d), step[2].Slice(i * n * d, n * d), step.Output.Slice(i * m * d, m * d), m, n, d);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> w = step[0], yBar = step.Cotangent;
        if (step.Wants(0)) step.Accumulate(0, Variable<T>.Apply(default(DifferenceDots), yBar, step[1], step[2]));
        Pull(step, w, yBar);
    }

    /// <summary>The derivatives by the points, which the dot products have in common: Σⱼ wᵢⱼ·uᵢ and −Σᵢ wᵢⱼ·uᵢ.</summary>
    internal static void Pull<T>(VjpStep<T> step, Variable<T> w, Variable<T> u) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply<Chain>(u, w.Sum(-1, keepDims: true)));
        if (step.Wants(2)) step.Accumulate(2, -Autodiff.MatMul.Of(w, u, true, false));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a batch", x => Variable<T>.Apply(default(DifferenceSums), x), Sample.Of(2, 2, 3), Sample.Of(2, 2, 2), Sample.Of(2, 3, 2))];
}
