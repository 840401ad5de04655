using System.Numerics;

namespace Autodiff;

/// <summary>Vectors on the diagonal of square matrices of zeros: y[…, i, i + offset] = x[…, i], or y[…, i − offset, i] below the main diagonal.</summary>
/// <remarks>Shapes: [..., k] → [..., k + |offset|, k + |offset|]. x̄ is that diagonal of ȳ. It is the opposite of <see cref="Diagonal"/>.</remarks>
public readonly struct Diag : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a vector", x => x[0].Diag(), Sample.Of(3)),
        new("above, a batch", x => x[0].Diag(1), Sample.Of(2, 2)),
        new("below", x => x[0].Diag(-2), Sample.Of(2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Diag"/>
        /// <param name="offset">How far above the main diagonal; negative: below.</param>
        /// <exception cref="ShapeException">x is a number, or has too many axes or elements.</exception>
        public Variable<T> Diag(int offset = 0)
        {
            Shape shape = x.Shape;
            long n = shape.Rank == 0 ? 0 : shape[-1] + Math.Abs((long)offset);
            if (shape.Rank is 0 or Shape.MaxRank || n > int.MaxValue)
                throw new ShapeException($"Diag: x is {shape}, offset is {offset}; needs 1 to {Shape.MaxRank - 1} axes, and a diagonal within 2^31 elements.");
            return Variable<T>.Apply(new PlaceDiagonal(offset, shape.With(shape.Rank - 1, (int)n).Inserted(shape.Rank, (int)n)), x);
        }
    }
}
