using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Vectors along one axis brought to length 1: y = x / max(‖x‖ₚ, ε).</summary>
/// <remarks>
/// Shapes: x's. For p = 2, x̄ = (ȳ − y·Σ ȳ·y)/‖x‖, and ȳ/ε where the norm is below ε; for other orders by the rule of <see cref="NormOfOrder"/>. A vector of zeros stays one, with the
/// derivative ȳ/ε. Squares that leave the range of numbers do no harm. An infinite element gives NaN at its place and 0 beside it; NaN gives NaN. PyTorch's normalize, but with the axis before
/// p, and the last axis if nothing is said, where PyTorch takes axis 1.
/// </remarks>
public readonly struct Normalize : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].Normalize(), Sample.In(Domain.NonZero, 2, 3)),
        new("columns, of order 3", x => x[0].Normalize(0, 3), Sample.In(Domain.NonZero, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Normalize"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="order">p, from 1 to ∞.</param>
        /// <param name="epsilon">ε, the least length that a vector is taken to have; positive and finite.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, the order is below 1, or ε is not positive and finite.</exception>
        /// <exception cref="ShapeException">The axis has length 0 and the order is ∞.</exception>
        public Variable<T> Normalize(int axis = -1, double order = 2, double epsilon = 1e-12)
        {
            x.Shape.Axis("Normalize", axis);
            if (!(order >= 1)) throw new ArgumentOutOfRangeException(nameof(order), string.Create(CultureInfo.InvariantCulture, $"Normalize: order is {order}; needs a number from 1 to ∞."));
            if (!(epsilon > 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"Normalize: epsilon is {epsilon}; needs a positive, finite number."));
            if (double.IsInfinity(order) && x.Shape[axis] == 0) throw new ShapeException($"Normalize: x is {x.Shape}, axis {x.Shape.Axis("Normalize", axis)} is empty, order is ∞; needs at least one element along it.");
            return x / x.Norm(axis, order, keepDims: true).Maximum(epsilon);
        }
    }
}
