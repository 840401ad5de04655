using System.Numerics;

namespace Autodiff;

/// <summary>The whole tensor several times along its axes: y[i] = x[i mod n].</summary>
/// <remarks>Shapes: [n₀, n₁, …] → [r₀·n₀, r₁·n₁, …]; axes of length 1 are put before x's if there are more counts than axes, and counts of 1 if there are fewer.
/// x̄ = the sum of ȳ's tiles.</remarks>
public readonly struct Tile : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("both axes", x => x[0].Tile([2, 3]), Sample.Of(2, 3)),
        new("a new axis", x => x[0].Tile([2, 1, 2]), Sample.Of(2, 3)),
        new("the last axis only", x => x[0].Tile([2]), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Tile"/>
        /// <param name="counts">How often along each axis, aligned at the last.</param>
        /// <exception cref="ShapeException">A negative count, or too many axes or elements.</exception>
        public Variable<T> Tile(ReadOnlySpan<int> counts)
        {
            Shape shape = x.Shape;
            while (shape.Rank < counts.Length) shape = shape.Inserted(0, 1);
            for (int i = 0; i < counts.Length; i++)
            {
                int count = counts[i], axis = shape.Rank - counts.Length + i;
                if (count < 0) throw new ShapeException($"Tile: the counts are {Shape.Text(counts)}; needs counts of 0 or more.");
                if (count == 1) continue;
                (int outer, int n, int inner) = shape.Around(axis);
                x = x.Reshape([outer, 1, n * inner]).BroadcastTo([outer, count, n * inner]);
                shape = shape.With(axis, checked(count * n));
            }

            return x.Reshape(shape);
        }
    }
}
