using System.Numerics;

namespace Autodiff;

/// <summary>Differences of neighbours along one axis: yᵢ = xᵢ₊₁ − xᵢ; of order k, that k times.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, n − k, inner], none if n ≤ k. x̄ᵢ = ȳᵢ₋₁ − ȳᵢ, k times. Order 0 is x.</remarks>
public readonly struct Diff : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Diff(), Sample.Of(2, 3)),
        new("second differences, middle axis", x => x[0].Diff(2, 1), Sample.Of(2, 4, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Diff"/>
        /// <param name="order">How many times.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the order is negative.</exception>
        public Variable<T> Diff(int order = 1, int axis = -1)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Diff", axis);
            if (order < 0) throw new ArgumentOutOfRangeException(nameof(order), $"Diff: order is {order}; needs 0 or more.");
            int n = shape.Lengths[axis];
            if (order >= n) return order == 0 ? x : x.Slice(axis, 0, 0);
            for (int k = 1; k <= order; k++) x = x.Slice(axis, 1, n - k) - x.Slice(axis, 0, n - k);
            return x;
        }
    }
}
