using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Cosine of the angle of two vectors along one axis: y = Σᵢ aᵢ·bᵢ / (max(‖a‖, ε)·max(‖b‖, ε)).</summary>
/// <remarks>
/// Shapes: a and b [outer, n, inner], other axes broadcast → [outer, inner]. ā = ȳ·(b' − y·a')/‖a‖ with a', b' of length 1. Each is divided by its norm first:
/// squares that leave the range of numbers do no harm. A vector of zeros gives 0. 1 − y is the usual loss. NaN gives NaN.
/// </remarks>
public readonly struct CosineSimilarity : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].CosineSimilarity(x[1]), Sample.In(Domain.NonZero, 2, 3), Sample.In(Domain.NonZero, 2, 3)),
        new("columns", x => x[0].CosineSimilarity(x[1], axis: 0), Sample.In(Domain.NonZero, 3, 2), Sample.In(Domain.NonZero, 3, 2)),
        new("each with each", x => x[0].CosineSimilarity(x[1]), Sample.In(Domain.NonZero, 2, 1, 3), Sample.In(Domain.NonZero, 4, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CosineSimilarity"/>
        /// <param name="b">The other vectors.</param>
        /// <param name="axis">The axis, counted in the common shape; negative axes count from the end.</param>
        /// <param name="epsilon">ε, the least length that a vector is taken to have; positive and finite.</param>
        /// <exception cref="ShapeException">The shapes do not broadcast, or the axis has two lengths.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or ε is not positive and finite.</exception>
        public Variable<T> CosineSimilarity(Variable<T> b, int axis = -1, double epsilon = 1e-8)
        {
            Shape sa = a.Shape, sb = b.Shape, common = Shape.Broadcast("CosineSimilarity", sa, sb);
            int fromEnd = common.Axis("CosineSimilarity", axis) - common.Rank;
            if (-fromEnd > sa.Rank || -fromEnd > sb.Rank || sa[fromEnd] != sb[fromEnd])
                throw new ShapeException($"CosineSimilarity: a is {sa}, b is {sb}, axis {axis}; needs that axis in both, of one length.");
            if (!(epsilon > 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"CosineSimilarity: epsilon is {epsilon}; needs a positive, finite number."));
            Variable<T> ua = a / a.Norm(fromEnd, keepDims: true).Maximum(epsilon), ub = b / b.Norm(fromEnd, keepDims: true).Maximum(epsilon);
            return (ua * ub).Sum(fromEnd);
        }
    }
}
