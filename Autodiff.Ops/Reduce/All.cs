using System.Numerics;

namespace Autodiff;

/// <summary>Whether all elements along one axis are not zero: 1 or 0, as comparisons give.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. A NaN is not zero; of nothing it is 1. Piecewise constant: the derivative is declared zero.
/// That of everything is a <see cref="bool"/>.</remarks>
public readonly struct All : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("outer axis", x => x[0].Relu().All(0), Sample.In(Domain.NonZero, 2, 3)),
        new("two axes, kept", x => x[0].Relu().All([0, 2], keepDims: true), Sample.In(Domain.NonZero, 2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.All"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> All(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("All", axis);
            return x.EqualTo(0.0).Sum(axis, keepDims).EqualTo(0.0);
        }

        /// <inheritdoc cref="Autodiff.All"/>
        /// <param name="axes">The axes that are looked at together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> All(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("All", x, axes, keepDims, static (v, axis, _) => v.All(axis));

        /// <summary>Whether all elements are not zero; of nothing it is true. Nothing is recorded.</summary>
        public bool All()
        {
            foreach (T value in x.Values)
                if (value == T.Zero) return false;
            return true;
        }
    }
}
