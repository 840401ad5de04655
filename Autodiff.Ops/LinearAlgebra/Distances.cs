using System.Numerics;

namespace Autodiff;

/// <summary>The distances of all pairs of points, one from each of two sets: Dᵢⱼ = ‖aᵢ − bⱼ‖ of any order.</summary>
/// <remarks>
/// Shapes: [..., m, d], [..., n, d] → [..., m, n]; leading axes broadcast. āᵢ = Σⱼ D̄ᵢⱼ·(aᵢ − bⱼ)/Dᵢⱼ for the order 2, and 0 where points are equal; other orders as in <see cref="NormOfOrder"/>. From the
/// differences themselves, not the expanded square: near points keep their digits. Cost: the differences [..., m, n, d] are kept.
/// </remarks>
public readonly struct Distances : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two sets", x => x[0].Distances(x[1]), Sample.In(Domain.In((1, 2)), 2, 3), Sample.In(Domain.In((-2, -1)), 3, 3)),
        new("of order 1, broadcast", x => x[0].Distances(x[1], 1), Sample.In(Domain.In((1, 2)), 2, 2, 2), Sample.In(Domain.In((-2, -1)), 1, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Distances"/>
        /// <param name="b">[..., n, d].</param>
        /// <param name="order">The order of the norm.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or points of no coordinates have no norm of this order.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is NaN.</exception>
        public Variable<T> Distances(Variable<T> b, double order = 2)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank is < 2 or Shape.MaxRank || sb.Rank is < 2 or Shape.MaxRank || sa[-1] != sb[-1])
                throw new ShapeException($"Distances: a is {sa}, b is {sb}; needs a: [..., m, d], b: [..., n, d], of at most {Shape.MaxRank - 1} axes.");
            if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Distances: order is NaN; needs a number.");
            Shape.Broadcast("Distances", sa.Lengths[..^2], sb.Lengths[..^2]);
            return (a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm(-1, order);
        }
    }
}
