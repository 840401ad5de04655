using System.Numerics;

namespace Autodiff;

/// <summary>Matrices of zeros with given numbers on a diagonal: the transpose of <see cref="Diagonal"/>.</summary>
/// <remarks>Shapes: [..., k] → the target [..., m, n]. x̄ is that diagonal of ȳ.</remarks>
/// <param name="Offset">How far above the main diagonal it is; negative: below.</param>
/// <param name="Target">The result's shape.</param>
internal readonly record struct PlaceDiagonal(int Offset, Shape Target) : IOperation<PlaceDiagonal>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var diagonal = new Diagonal(Offset);
        int k = diagonal.Length(Target), size = Target[-2] * Target[-1], first = diagonal.First(Target), count = Squares.Count(Target);
        step.Output.Clear();
        for (int i = 0; i < count; i++)
            for (int j = 0; j < k; j++) step.Output[(i * size) + first + (j * (Target[-1] + 1))] = step[0][(i * k) + j];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Diagonal(Offset), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of a square", x => Variable<T>.Apply(new PlaceDiagonal(0, [3, 3]), x[0]), Sample.Of(3)),
        new("below, a batch", x => Variable<T>.Apply(new PlaceDiagonal(-1, [2, 3, 2]), x[0]), Sample.Of(2, 2)),
    ];
}
