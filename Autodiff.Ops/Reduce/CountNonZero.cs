using System.Numerics;

namespace Autodiff;

/// <summary>How many elements along one axis are not zero.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. A NaN is not zero and counts. Piecewise constant: the derivative is declared zero. In
/// <c>float</c> it is exact up to 2²⁴ elements. That of everything is a plain number.</remarks>
public readonly struct CountNonZero : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Relu().CountNonZero(1), Sample.In(Domain.NonZero, 2, 3)),
        new("two axes, kept", x => x[0].Relu().CountNonZero([0, 2], keepDims: true), Sample.In(Domain.NonZero, 2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CountNonZero"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> CountNonZero(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("CountNonZero", axis);
            return x.NotEqualTo(0.0).Sum(axis, keepDims);
        }

        /// <inheritdoc cref="Autodiff.CountNonZero"/>
        /// <param name="axes">The axes that are counted together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> CountNonZero(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("CountNonZero", x, axes, keepDims, static (v, axis, _) => v.CountNonZero(axis));

        /// <summary>How many of all elements are not zero. Nothing is recorded.</summary>
        public int CountNonZero()
        {
            int count = 0;
            foreach (T value in x.Values)
                if (value != T.Zero) count++;
            return count;
        }
    }
}
