using System.Numerics;

namespace Autodiff;

/// <summary>A diagonal of a matrix: y[…, i] = x[…, i, i + offset], or x[…, i − offset, i] below the main one.</summary>
/// <remarks>Shapes: [..., m, n] → [..., k], k the elements that the diagonal has. x̄ is ȳ on the diagonal and zero elsewhere.</remarks>
/// <param name="Offset">How far above the main diagonal it is; negative: below.</param>
public readonly record struct Diagonal(int Offset) : IOperation<Diagonal>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape x = inputs[0];
        if (x.Rank < 2) throw new ShapeException($"Diagonal: x is {x}; needs two axes or more.");
        if (Offset > x[-1] || Offset < -x[-2])
            throw new ArgumentOutOfRangeException(nameof(inputs), $"Diagonal: offset is {Offset}, x is {x}; needs an offset from {-x[-2]} to {x[-1]}.");
        return x.Without(x.Rank - 1).With(x.Rank - 2, Length(x));
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape x = step.Shape(0);
        int k = step.OutputShape[-1], size = x[-2] * x[-1], first = First(x), count = Squares.Count(x);
        for (int i = 0; i < count; i++)
            for (int j = 0; j < k; j++) step.Output[(i * k) + j] = step[0][(i * size) + first + (j * (x[-1] + 1))];
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new PlaceDiagonal(Offset, step.Shape(0)), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of a square", x => x[0].Diagonal(), Sample.Of(3, 3)),
        new("above, of a wide batch", x => x[0].Diagonal(1), Sample.Of(2, 2, 4)),
        new("below, of a tall matrix", x => x[0].Diagonal(-1), Sample.Of(4, 2)),
    ];

    /// <summary>The number of elements on the diagonal of a shape's matrices.</summary>
    internal int Length(in Shape x) => Math.Min(x[-2] - Math.Max(-Offset, 0), x[-1] - Math.Max(Offset, 0));

    /// <summary>The place of its first element.</summary>
    internal int First(in Shape x) => Offset >= 0 ? Offset : -Offset * x[-1];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Diagonal"/>
        /// <param name="offset">How far above the main diagonal; negative: below.</param>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The offset leads out of the matrix.</exception>
        public Variable<T> Diagonal(int offset = 0) => Variable<T>.Apply(new Diagonal(offset), x);
    }
}
