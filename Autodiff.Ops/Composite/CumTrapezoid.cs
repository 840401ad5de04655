using System.Numerics;

namespace Autodiff;

/// <summary>The running integral of samples along one axis by the trapezoidal rule: for each sample but the first, the integral up to it.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, n − 1, inner], none if n is 0. It is the running sum of what <see cref="Autodiff.Trapezoid"/> adds up, and so its last element but for rounding.</remarks>
public readonly struct CumTrapezoid : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("even distances", x => x[0].CumTrapezoid(0.5, 0), Sample.Of(4, 2)),
        new("places", x => x[0].CumTrapezoid(x[1]), Sample.Of(2, 4), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CumTrapezoid"/>
        /// <param name="dx">The distance from one sample to the next.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the distance is not finite.</exception>
        public Variable<T> CumTrapezoid(double dx = 1, int axis = -1)
        {
            axis = y.Shape.Axis("CumTrapezoid", axis);
            return Autodiff.Trapezoid.Areas("CumTrapezoid", y, dx, axis).CumSum(axis);
        }

        /// <inheritdoc cref="Autodiff.CumTrapezoid"/>
        /// <param name="x">The samples' places: a vector as long as the axis, or one for each sample, in y's shape. They need not ascend.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The places do not fit.</exception>
        public Variable<T> CumTrapezoid(Variable<T> x, int axis = -1)
        {
            axis = y.Shape.Axis("CumTrapezoid", axis);
            return Autodiff.Trapezoid.Areas("CumTrapezoid", y, x, axis).CumSum(axis);
        }
    }
}
