using System.Numerics;

namespace Autodiff;

/// <summary>Variance along one axis: y = Σᵢ (xᵢ − m)² / (n − c), m being the mean and c the correction: 0 for a population, 1 for a sample of it.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ · 2(xᵢ − m)/(n − c). In two passes, so a large common offset costs no
/// digits of the deviations. For c below 1 the variance of one element is 0; that of none is NaN, for a negative c 0. Where n − c is 0 or less, the sum is divided by 0.
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
        new("of a sample", x => x[0].Variance(1, correction: 1), Sample.Of(2, 3)),
        new("everything, of a sample", x => x[0].Variance(correction: 1), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Variance"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <param name="correction">What is taken from the number of elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Variance(int axis, bool keepDims = false, double correction = 0)
        {
            axis = x.Shape.Axis("Variance", axis);
            Variable<T> squares = (x - x.Mean(axis, keepDims: true)).Square();
            return correction == 0 ? squares.Mean(axis, keepDims) : squares.Sum(axis, keepDims) / T.CreateTruncating(Math.Max(0, x.Shape.Lengths[axis] - correction));
        }

        /// <summary>The variance of all elements, as a scalar; if there are none, NaN, with a negative correction 0.</summary>
        /// <param name="correction">What is taken from the number of elements: 0 for a population, 1 for a sample of it.</param>
        public Scalar<T> Variance(double correction = 0)
        {
            Variable<T> squares = (x - x.Mean()).Square();
            return correction == 0 ? squares.Mean() : squares.Sum() / T.CreateTruncating(Math.Max(0, x.Size - correction));
        }

        /// <inheritdoc cref="Autodiff.Variance"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <param name="correction">What is taken from the number of elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Variance(ReadOnlySpan<int> axes, bool keepDims = false, double correction = 0)
            => SeveralAxes.Reduce("Variance", x, axes, keepDims, static (v, axis, c) => v.Variance(axis, correction: c), correction);
    }
}
