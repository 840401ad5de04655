using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The dot products of directions with the differences of all pairs of points: Yᵢⱼ = ⟨uᵢ, aᵢ − bⱼ⟩; the transpose of <see cref="DifferenceSums"/>.</summary>
/// <remarks>Shapes: u and a [..., m, d], b [..., n, d] → [..., m, n], with the same leading axes. ūᵢ = Σⱼ Ȳᵢⱼ·(aᵢ − bⱼ), āᵢ = (Σⱼ Ȳᵢⱼ)·uᵢ, b̄ = −Ȳᵀ·u. A zero in u contributes zero.</remarks>
internal readonly record struct DifferenceDots : IOperation<DifferenceDots>
{
    public static Saved Saves => Saved.Inputs;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(inputs[0].Rank - 1, inputs[2][-2]);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = step.Shape(0)[-2], d = step.Shape(0)[-1], n = step.Shape(2)[-2], count = Squares.Count(step.Shape(0));
        for (int i = 0; i < count; i++)
            PairDifferences.Dots(step[0].Slice(i * m * d, m * d), step[1].Slice(i * m * d, m * d), step[2].Slice(i * n * d, n * d), step.Output.Slice(i * m * n, m * n), m, n, d);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> yBar = step.Cotangent;
        if (step.Wants(0)) step.Accumulate(0, Variable<T>.Apply(default(DifferenceSums), yBar, step[1], step[2]));
        DifferenceSums.Pull(step, yBar, step[0]);
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a batch", x => Variable<T>.Apply(default(DifferenceDots), x), Sample.Of(2, 2, 2), Sample.Of(2, 2, 2), Sample.Of(2, 3, 2))];
}
