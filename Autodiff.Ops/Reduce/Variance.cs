using System.Numerics;

namespace Autodiff;

/// <summary>Population variance along one axis: y = (1/n)·Σᵢ (xᵢ − m)², m being the mean.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ · 2(xᵢ − m)/n. In two passes, so a large common offset costs no
/// digits of the deviations. The variance of one element is 0, that of none NaN.
/// </remarks>
public readonly struct Variance : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Variance(1), Sample.Of(2, 3)),
        new("outer axis, kept", x => x[0].Variance(0, keepDims: true), Sample.Of(2, 3)),
        new("middle axis", x => x[0].Variance(-2), Sample.Of(2, 3, 4)),
        new("everything", x => x[0].Variance(), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Variance"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Variance(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("Variance", axis);
            return (x - x.Mean(axis, keepDims: true)).Square().Mean(axis, keepDims);
        }

        /// <summary>The population variance of all elements, as a scalar; NaN if there are none.</summary>
        public Scalar<T> Variance() => (x - x.Mean()).Square().Mean();
    }
}
