using System.Numerics;

namespace Autodiff;

/// <summary>The cross product of vectors of length 3 along one axis: y₀ = a₁·b₂ − a₂·b₁, and so on round.</summary>
/// <remarks>Shapes: a and b broadcast, with length 3 along the axis, which is the same counted from the end → the same. ā = b × ȳ, b̄ = ȳ × a.</remarks>
public readonly struct Cross : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].Cross(x[1]), Sample.Of(2, 3), Sample.Of(3)),
        new("columns", x => x[0].Cross(x[1], 0), Sample.Of(3, 2), Sample.Of(3, 1)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Cross"/>
        /// <param name="b">The other factor.</param>
        /// <param name="axis">The axis; negative axes count from the end, others in a.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The length along the axis is not 3, or the shapes do not broadcast.</exception>
        public Variable<T> Cross(Variable<T> b, int axis = -1)
        {
            Shape sa = a.Shape, sb = b.Shape;
            int back = sa.Axis("Cross", axis) - sa.Rank;
            if (sb.Rank < -back || sa[back] != 3 || sb[back] != 3) throw new ShapeException($"Cross: a is {sa}, b is {sb}, axis {axis}; needs length 3 along it in both.");
            Shape.Broadcast("Cross", sa, sb);
            return (a.Roll(-1, back) * b.Roll(1, back)) - (a.Roll(1, back) * b.Roll(-1, back));
        }
    }
}
