using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>The integral of samples along one axis by the trapezoidal rule: Σᵢ hᵢ·(yᵢ + yᵢ₊₁)/2, h being the distances of their places.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner]. The derivative by a sample is half the sum of the distances beside it, that by a place −(yᵢ₊₁ − yᵢ₋₁)/2 (at the ends with the sample itself).
/// Of one sample or none it is 0.</remarks>
public readonly struct Trapezoid : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("even distances", x => x[0].Trapezoid(0.5, 0), Sample.Of(3, 2)),
        new("places", x => x[0].Trapezoid(x[1], 1), Sample.Of(2, 3, 2), Sample.Of(3)),
        new("places for each", x => x[0].Trapezoid(x[1]), Sample.Of(2, 3), Sample.Of(2, 3)),
    ];

    /// <summary>The area of each interval; n − 1 along the axis.</summary>
    internal static Variable<T> Areas<T>(string op, Variable<T> y, Variable<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = y.Shape, places = x.Shape;
        int n = shape.Lengths[axis];
        if (places != shape && !(places.Rank == 1 && places[0] == n))
            throw new ShapeException($"{op}: y is {shape}, axis {axis}, x is {places}; needs x of y's shape, or a vector of {n}.");
        Variable<T> steps = x.Diff(axis: places == shape ? axis : 0);
        for (int i = axis + 1; i < shape.Rank && places.Rank == 1; i++) steps = steps.Unsqueeze(-1);
        return Sums(y, axis) * steps * Variable<T>.Of(0.5);
    }

    /// <summary>The same for equal distances.</summary>
    internal static Variable<T> Areas<T>(string op, Variable<T> y, double dx, int axis) where T : unmanaged, IFloatingPointIeee754<T>
        => double.IsFinite(dx) ? Sums(y, axis) * Variable<T>.Of(0.5 * dx)
            : throw new ArgumentOutOfRangeException(nameof(dx), string.Create(CultureInfo.InvariantCulture, $"{op}: dx is {dx}; needs a finite number."));

    private static Variable<T> Sums<T>(Variable<T> y, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Shape.Lengths[axis], count = Math.Max(n - 1, 0);
        return y.Slice(axis, n - count, count) + y.Slice(axis, 0, count);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Trapezoid"/>
        /// <param name="dx">The distance from one sample to the next.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the distance is not finite.</exception>
        public Variable<T> Trapezoid(double dx = 1, int axis = -1)
        {
            axis = y.Shape.Axis("Trapezoid", axis);
            return Autodiff.Trapezoid.Areas("Trapezoid", y, dx, axis).Sum(axis);
        }

        /// <inheritdoc cref="Autodiff.Trapezoid"/>
        /// <param name="x">The samples' places: a vector as long as the axis, or one for each sample, in y's shape. They need not ascend.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The places do not fit.</exception>
        public Variable<T> Trapezoid(Variable<T> x, int axis = -1)
        {
            axis = y.Shape.Axis("Trapezoid", axis);
            return Autodiff.Trapezoid.Areas("Trapezoid", y, x, axis).Sum(axis);
        }
    }
}
