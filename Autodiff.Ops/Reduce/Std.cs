using System.Numerics;

namespace Autodiff;

/// <summary>Standard deviation along one axis: y = √(Σᵢ (xᵢ − m)² / (n − c)), m being the mean and c the correction: 0 for a population, 1 for a sample of it.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ·(xᵢ − m) / ((n − c)·y), and 0 where y = 0: it is the Euclidean norm
/// of the deviations, <see cref="Norm"/>, over √(n − c). Where n − c is 0 or less, the norm is divided by 0; no elements give NaN. NaN in, NaN out, in the value and in the derivative.
/// </remarks>
public readonly struct Std : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Std(1), Sample.Of(2, 3)),
        new("outer axis, kept, of a sample", x => x[0].Std(0, keepDims: true, correction: 1), Sample.Of(3, 2)),
        new("everything", x => x[0].Std(), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Std"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <param name="correction">What is taken from the number of elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Std(int axis, bool keepDims = false, double correction = 0)
        {
            axis = x.Shape.Axis("Std", axis);
            return (x - x.Mean(axis, keepDims: true)).Norm(axis, keepDims) / T.CreateTruncating(Math.Sqrt(Math.Max(0, x.Shape.Lengths[axis] - correction)));
        }

        /// <summary>The standard deviation of all elements, as a scalar; NaN if there are none.</summary>
        /// <param name="correction">What is taken from the number of elements: 0 for a population, 1 for a sample of it.</param>
        public Scalar<T> Std(double correction = 0) => (x - x.Mean()).Norm() / T.CreateTruncating(Math.Sqrt(Math.Max(0, x.Size - correction)));

        /// <inheritdoc cref="Autodiff.Std"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <param name="correction">What is taken from the number of elements.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Std(ReadOnlySpan<int> axes, bool keepDims = false, double correction = 0)
            => SeveralAxes.Reduce("Std", x, axes, keepDims, static (v, axis, c) => v.Std(axis, correction: c), correction);
    }
}
