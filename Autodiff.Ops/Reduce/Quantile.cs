using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>A quantile along one axis: with h = q·(n − 1), the elements of the ranks ⌊h⌋ and ⌊h⌋ + 1, weighted by 1 − w and w, w = h − ⌊h⌋.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept; n is at least 1. x̄ is (1 − w)·ȳ and w·ȳ at the places of the two elements:
/// the order is a constant, equal elements as they came; where w is 0 only the first is read. q = 0 is the least, ½ the mean of the middle, 1 the greatest. A lane with a NaN
/// gives NaN, and its first NaN has the derivative. This is the linear interpolation that NumPy and PyTorch take if nothing is said. Cost: each lane is sorted.
/// </remarks>
public readonly struct Quantile : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("between two, middle axis", x => x[0].Quantile(0.4, 1), Sample.In(Domain.In((-6, 6)), 2, 4, 2)) { Selects = true, Spacing = 0.3 }];

    internal static Variable<T> Of<T>(Variable<T> x, double q, int axis, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Quantile", axis);
        int n = shape.Lengths[axis];
        if (!(q >= 0 && q <= 1)) throw new ArgumentOutOfRangeException(nameof(q), string.Create(CultureInfo.InvariantCulture, $"Quantile: q is {q}; needs a number from 0 to 1."));
        if (n == 0) throw new ShapeException($"Quantile: x is {shape}, axis {axis} is empty; needs at least one element along it.");
        double h = q * (n - 1), w = h - Math.Floor(h);
        IntegerList order = Sort.Places(x, axis, n, false);
        Variable<T> y = RankPlaces.Select(x, axis, order, (int)h);
        if (w > 0) y = (y * Variable<T>.Of(1 - w)) + (RankPlaces.Select(x, axis, order, (int)h + 1) * Variable<T>.Of(w));
        return keepDims ? y : y.Reshape(shape.Without(axis));
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Quantile"/>
        /// <param name="q">Which quantile, from 0 to 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public Variable<T> Quantile(double q, int axis, bool keepDims = false) => Autodiff.Quantile.Of(x, q, axis, keepDims);

        /// <summary>A quantile of all elements, as a scalar.</summary>
        /// <param name="q">Which quantile, from 0 to 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public Scalar<T> Quantile(double q) => Autodiff.Quantile.Of(x.Reshape([x.Size]), q, 0, false).AsScalar();
    }
}
