using System.Numerics;

namespace Autodiff;

/// <summary>The median along one axis: the element in the middle of the order; of an even number the lower of the two.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept; n is at least 1. x̄ is ȳ at the place of that element: the order is a constant,
/// equal elements as they came. A lane with a NaN gives NaN, and its first NaN has the derivative. The mean of the two in the middle, as NumPy's median, is
/// <c>Quantile(0.5)</c>. Cost: each lane is sorted, n·log n comparisons.
/// </remarks>
public readonly struct Median : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of four, middle axis", x => x[0].Median(1), Sample.In(Domain.In((-6, 6)), 2, 4, 2)) { Selects = true, Spacing = 0.3 },
        new("of two axes", x => x[0].Median([0, 2]), Sample.In(Domain.In((-6, 6)), 2, 2, 3)) { Selects = true, Spacing = 0.3 },
    ];

    internal static Variable<T> Of<T>(Variable<T> x, int axis, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Median", axis);
        int n = shape.Lengths[axis];
        if (n == 0) throw new ShapeException($"Median: x is {shape}, axis {axis} is empty; needs at least one element along it.");
        Variable<T> y = RankPlaces.Select(x, axis, Sort.Places(x, axis, n, false), [(n - 1) / 2]);
        return keepDims ? y : y.Reshape(shape.Without(axis));
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Median"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public Variable<T> Median(int axis, bool keepDims = false) => Autodiff.Median.Of(x, axis, keepDims);

        /// <inheritdoc cref="Autodiff.Median"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one of length 0 or one comes twice.</exception>
        public Variable<T> Median(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Median", x, axes, keepDims, static (v, axis, _) => v.Median(axis));

        /// <summary>The median of all elements, as a scalar; of an even number the lower of the two in the middle.</summary>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public Scalar<T> Median() => Autodiff.Median.Of(x.Reshape([x.Size]), 0, false).AsScalar();
    }
}
