using System.Numerics;

namespace Autodiff;

/// <summary>What divides the turning of eigenvectors: F[…, i, j] = 1/(xⱼ − xᵢ), 0 on the diagonal, ±∞ for equal numbers.</summary>
/// <remarks>Shapes: [..., n] → [..., n, n]. x̄ᵢ = Σⱼ Gᵢⱼ − Σⱼ Gⱼᵢ, G = F̄·F² element by element; where F̄ is zero it contributes zero.</remarks>
internal readonly record struct ReciprocalGaps : IOperation<ReciprocalGaps>
{
    public static Saved Saves => Saved.Output;

    public static Variable<T> Of<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.Apply(default(ReciprocalGaps), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Inserted(inputs[0].Rank, inputs[0][-1]);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        for (int row = 0; row < step[0].Length; row++)
        {
            ReadOnlySpan<T> x = step[0].Slice(row / n * n, n);
            Span<T> f = step.Output.Slice(row * n, n);
            for (int j = 0; j < n; j++) f[j] = j == row % n ? T.Zero : T.One / (x[j] - x[row % n]);
        }
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> g = Variable<T>.Apply<Chain>(Variable<T>.Apply<Chain>(step.Cotangent, step.Output), step.Output);
        step.Accumulate(0, g.Sum(-1) - g.Sum(-2));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a batch", x => Of(x[0]), Sample.In(Domain.In((-4, 4)), 2, 3)) { Spacing = 0.8 }];
}
