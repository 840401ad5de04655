using System.Numerics;

namespace Autodiff;

/// <summary>Mean along one axis: y = (1/n)·Σᵢ xᵢ.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ = ȳ / n, repeated along the axis. A mean of nothing is NaN.
/// </remarks>
public readonly struct Mean : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Mean(1), Sample.Of(2, 3)),
        new("outer axis, kept", x => x[0].Mean(0, keepDims: true), Sample.Of(2, 3)),
        new("middle axis", x => x[0].Mean(-2), Sample.Of(2, 3, 4)),
        new("everything", x => x[0].Mean(), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Mean"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Mean(int axis, bool keepDims = false)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Mean", axis);
            return x.Sum(axis, keepDims) / T.CreateTruncating(shape.Lengths[axis]);
        }

        /// <summary>The mean of all elements, as a scalar; NaN if there are none.</summary>
        public Scalar<T> Mean() => x.Sum() / T.CreateTruncating(x.Size);

        /// <inheritdoc cref="Autodiff.Mean"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Mean(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Mean", x, axes, keepDims, static (v, axis, _) => v.Mean(axis));
    }
}
