using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>A quantile along one axis: with h = q·(n − 1), the elements of the ranks ⌊h⌋ and ⌊h⌋ + 1, weighted by 1 − w and w, w = h − ⌊h⌋.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept; several q make an axis of their own in front of all others, as in NumPy and PyTorch; n is at least 1.
/// x̄ is (1 − w)·ȳ and w·ȳ at the places of the two elements: the order is a constant, equal elements as they came; where w is 0 only the first is read. q = 0 is the least, ½ the
/// mean of the middle, 1 the greatest. A lane with a NaN gives NaN, and its first NaN has the derivative. This is the linear interpolation that NumPy and PyTorch take if nothing is
/// said; <see cref="QuantileMode"/> has the others. Cost: each lane is sorted, once for all q.
/// </remarks>
public readonly struct Quantile : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("between two, middle axis", x => x[0].Quantile(0.4, 1), Sample.In(Domain.In((-6, 6)), 2, 4, 2)) { Selects = true, Spacing = 0.3 },
        new("the nearest, of two axes", x => x[0].Quantile(0.4, [0, 2], mode: QuantileMode.Nearest), Sample.In(Domain.In((-6, 6)), 2, 2, 3)) { Selects = true, Spacing = 0.3 },
        new("several, middle axis", x => x[0].Quantile([0.9, 0, 0.4], 1), Sample.In(Domain.In((-6, 6)), 2, 4, 2)) { Spacing = 0.3 },
        new("several, of everything", x => x[0].Quantile([0.1, 0.7]), Sample.In(Domain.In((-6, 6)), 2, 3)) { Spacing = 0.3 },
    ];

    /// <summary>Refuses what holds for no x, before anything is recorded.</summary>
    internal static void Check(ReadOnlySpan<double> q, QuantileMode mode)
    {
        foreach (double value in q)
            if (!(value >= 0 && value <= 1)) throw new ArgumentOutOfRangeException(nameof(q), string.Create(CultureInfo.InvariantCulture, $"Quantile: q is {value}; needs a number from 0 to 1."));
        if (mode is < QuantileMode.Linear or > QuantileMode.Midpoint) throw new ArgumentOutOfRangeException(nameof(mode), $"Quantile: mode is {mode}; needs one of QuantileMode.");
    }

    /// <summary>All elements as one axis, if they have these quantiles.</summary>
    internal static Variable<T> Everything<T>(Variable<T> x, ReadOnlySpan<double> q, QuantileMode mode) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(q, mode);
        return x.Size > 0 ? x.Reshape([x.Size]) : throw new ShapeException($"Quantile: x is {x.Shape}; needs at least one element.");
    }

    /// <summary>The axes as one (<see cref="SeveralAxes.Join"/>), if they have these quantiles.</summary>
    internal static Variable<T> Join<T>(Variable<T> x, ReadOnlySpan<double> q, ReadOnlySpan<int> axes, bool keepDims, QuantileMode mode, out int at, out Shape result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(q, mode);
        Shape shape = x.Shape;
        foreach (int axis in axes)
            if (shape.Lengths[shape.Axis("Quantile", axis)] == 0) throw new ShapeException($"Quantile: x is {shape}, axis {axis} is empty; needs at least one element along it.");
        return SeveralAxes.Join("Quantile", x, axes, keepDims, out at, out result);
    }

    /// <summary>The quantiles along an axis that gets their number as its length.</summary>
    internal static Variable<T> Of<T>(Variable<T> x, ReadOnlySpan<double> q, int axis, QuantileMode mode) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Quantile", axis);
        int n = shape.Lengths[axis], count = q.Length;
        Check(q, mode);
        if (n == 0) throw new ShapeException($"Quantile: x is {shape}, axis {axis} is empty; needs at least one element along it.");
        int[] ranks = ArrayPool<int>.Shared.Rent(2 * count);
        T[] rented = ArrayPool<T>.Shared.Rent(2 * count);
        Span<int> lower = ranks.AsSpan(0, count), higher = ranks.AsSpan(count, count);
        Span<T> rest = rented.AsSpan(0, count), weights = rented.AsSpan(count, count);
        bool between = false;
        for (int i = 0; i < count; i++)
        {
            double h = q[i] * (n - 1), w = h - Math.Floor(h);
            if (mode is QuantileMode.Midpoint && w > 0) w = 0.5;
            if (mode is QuantileMode.Lower or QuantileMode.Higher or QuantileMode.Nearest)
                (h, w) = (mode switch { QuantileMode.Lower => Math.Floor(h), QuantileMode.Higher => Math.Ceiling(h), _ => Math.Round(h) }, 0);
            (lower[i], higher[i]) = ((int)h, w > 0 ? (int)h + 1 : (int)h);
            (rest[i], weights[i]) = (T.CreateTruncating(1 - w), T.CreateTruncating(w));
            between |= w > 0;
        }

        IntegerList order = Sort.Places(x, axis, n, false);
        Variable<T> y = RankPlaces.Select(x, axis, order, lower);
        if (between) y = Weighted(y, rest, axis) + Weighted(RankPlaces.Select(x, axis, order, higher), weights, axis);
        ArrayPool<int>.Shared.Return(ranks);
        ArrayPool<T>.Shared.Return(rented);
        return y;
    }

    /// <summary>The same with the axis of the quantiles in front, before the result's others.</summary>
    internal static Variable<T> InFront<T>(Variable<T> x, ReadOnlySpan<double> q, int axis, QuantileMode mode, in Shape result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = Of(x, q, axis, mode);
        return (axis == 0 ? y : y.MoveAxis(axis, 0)).Reshape(result.Inserted(0, q.Length));
    }

    // what has the weight 0 is not read: it may be infinite
    private static Variable<T> Weighted<T>(Variable<T> y, ReadOnlySpan<T> weights, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weights.Length == 1) return y * (Variable<T>)weights[0];
        Span<int> along = stackalloc int[y.Shape.Rank];
        along.Fill(1);
        along[axis] = weights.Length;
        return Variable<T>.Apply<Chain>(y.Recording!.Tape.Constant(weights, along), y);
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
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public Variable<T> Quantile(double q, int axis, bool keepDims = false, QuantileMode mode = QuantileMode.Linear)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Quantile", axis);
            return Autodiff.Quantile.Of(x, [q], axis, mode).Reshape(shape.Without(axis, keepDims));
        }

        /// <summary>A quantile of all elements, as a scalar.</summary>
        /// <param name="q">Which quantile, from 0 to 1.</param>
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public Scalar<T> Quantile(double q, QuantileMode mode = QuantileMode.Linear)
            => Autodiff.Quantile.Of(Autodiff.Quantile.Everything(x, [q], mode), [q], 0, mode).Reshape([]).AsScalar();

        /// <inheritdoc cref="Autodiff.Quantile"/>
        /// <param name="q">Which quantile, from 0 to 1.</param>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">No axis came, or one of length 0 or one comes twice.</exception>
        public Variable<T> Quantile(double q, ReadOnlySpan<int> axes, bool keepDims = false, QuantileMode mode = QuantileMode.Linear)
        {
            Variable<T> joined = Autodiff.Quantile.Join(x, [q], axes, keepDims, mode, out int at, out Shape result);
            return Autodiff.Quantile.Of(joined, [q], at, mode).Reshape(result);
        }

        /// <inheritdoc cref="Autodiff.Quantile"/>
        /// <param name="q">Which quantiles, from 0 to 1: the first axis of the result.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or a q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public Variable<T> Quantile(ReadOnlySpan<double> q, int axis, bool keepDims = false, QuantileMode mode = QuantileMode.Linear)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Quantile", axis);
            return Autodiff.Quantile.InFront(x, q, axis, mode, shape.Without(axis, keepDims));
        }

        /// <inheritdoc cref="Autodiff.Quantile"/>
        /// <param name="q">Which quantiles, from 0 to 1: the first axis of the result.</param>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or a q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">No axis came, or one of length 0 or one comes twice.</exception>
        public Variable<T> Quantile(ReadOnlySpan<double> q, ReadOnlySpan<int> axes, bool keepDims = false, QuantileMode mode = QuantileMode.Linear)
        {
            Variable<T> joined = Autodiff.Quantile.Join(x, q, axes, keepDims, mode, out int at, out Shape result);
            return Autodiff.Quantile.InFront(joined, q, at, mode, result);
        }

        /// <summary>Quantiles of all elements, as a vector.</summary>
        /// <param name="q">Which quantiles, from 0 to 1.</param>
        /// <param name="mode">What lies between two elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">A q is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public Variable<T> Quantile(ReadOnlySpan<double> q, QuantileMode mode = QuantileMode.Linear)
            => Autodiff.Quantile.Of(Autodiff.Quantile.Everything(x, q, mode), q, 0, mode);
    }
}
