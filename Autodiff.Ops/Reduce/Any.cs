using System.Numerics;

namespace Autodiff;

/// <summary>Whether any element along one axis is not zero: 1 or 0, as comparisons give.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. A NaN is not zero; of nothing it is 0. Piecewise constant: the derivative is declared zero.
/// That of everything is a <see cref="bool"/>.</remarks>
public readonly struct Any : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("outer axis", x => x[0].Relu().Any(0), Sample.In(Domain.NonZero, 2, 3)),
        new("two axes, kept", x => x[0].Relu().Any([0, 2], keepDims: true), Sample.In(Domain.NonZero, 2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Any"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Any(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("Any", axis);
            return x.NotEqualTo(0.0).Sum(axis, keepDims).GreaterThan(0.0);
        }

        /// <inheritdoc cref="Autodiff.Any"/>
        /// <param name="axes">The axes that are looked at together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Any(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Any", x, axes, keepDims, static (v, axis, _) => v.Any(axis));

        /// <summary>Whether any of all elements is not zero. Nothing is recorded.</summary>
        public bool Any() => x.CountNonZero() > 0;
    }
}
