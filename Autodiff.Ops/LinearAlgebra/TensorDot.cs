using System.Numerics;

namespace Autodiff;

/// <summary>Contraction of two tensors over pairs of axes: the sum of products over those, the other axes of a before the other axes of b.</summary>
/// <remarks>Shapes: a without its axes, then b without its own; the paired axes are equally long. By one matrix product of the rearranged operands, whose derivatives it has;
/// a's axes at its front, in order, and b's at its end are read where they are. No axes: the outer product.</remarks>
public readonly struct TensorDot : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("the last with the first", x => x[0].TensorDot(x[1], 1), Sample.Of(2, 3), Sample.Of(3, 2, 2)),
        new("two, crossed", x => x[0].TensorDot(x[1], [0, 2], [1, 0]), Sample.Of(2, 3, 4), Sample.Of(4, 2, 2)),
        new("the first with the last", x => x[0].TensorDot(x[1], [0], [-1]), Sample.Of(3, 2), Sample.Of(2, 3)),
        new("all", x => x[0].TensorDot(x[1], 2), Sample.Of(2, 3), Sample.Of(2, 3)),
        new("none", x => x[0].TensorDot(x[1], 0), Sample.Of(2, 2), Sample.Of(3)),
    ];

    /// <summary>The axes of the shape, the given ones first or last, the others in their order; the lengths of the others and the product of the given.</summary>
    internal static int Arrange(in Shape shape, ReadOnlySpan<int> axes, bool first, Span<int> order, Span<int> others, out int rest)
    {
        int left = 0, length = 1, open = first ? axes.Length : 0, taken = 0;
        rest = 1;
        foreach (int axis in axes) taken |= 1 << axis;
        for (int i = 0; i < shape.Rank; i++)
        {
            if ((taken & (1 << i)) != 0) continue;
            order[open + left] = i;
            others[left++] = shape.Lengths[i];
            rest *= shape.Lengths[i];
        }

        for (int i = 0; i < axes.Length; i++)
        {
            order[(first ? 0 : left) + i] = axes[i];
            length *= shape.Lengths[axes[i]];
        }

        return length;
    }

    /// <summary>Whether an order changes nothing.</summary>
    internal static bool IsIdentity(ReadOnlySpan<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            if (order[i] != i) return false;
        return true;
    }

    /// <summary>x with its axes as a matrix: those given as its rows or columns, whichever needs no copy; if both do, as is preferred.</summary>
    internal static Variable<T> AsMatrix<T>(Variable<T> x, ReadOnlySpan<int> axes, bool preferFirst, Span<int> others, out bool isFirst) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        Span<int> order = stackalloc int[shape.Rank];
        isFirst = !preferFirst;
        int length = Arrange(shape, axes, isFirst, order, others, out int rest);
        if (!IsIdentity(order)) Arrange(shape, axes, isFirst = preferFirst, order, others, out rest);
        if (!IsIdentity(order)) x = Variable<T>.Apply(new Permute(order), x);
        return x.Reshape(isFirst ? [length, rest] : [rest, length]);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.TensorDot"/>
        /// <param name="b">The other tensor.</param>
        /// <param name="axesA">The axes of this tensor that are summed over; negative axes count from the end.</param>
        /// <param name="axesB">Their partners in b, in the same order.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">There are not as many of both, one comes twice, lengths differ, or the result has too many axes.</exception>
        public Variable<T> TensorDot(Variable<T> b, ReadOnlySpan<int> axesA, ReadOnlySpan<int> axesB)
        {
            Shape sa = a.Shape, sb = b.Shape;
            int count = axesA.Length, left = sa.Rank - count, right = sb.Rank - count;
            Span<int> ofA = stackalloc int[Shape.MaxRank], ofB = stackalloc int[Shape.MaxRank];
            bool fits = count == axesB.Length && left >= 0 && right >= 0 && left + right <= Shape.MaxRank;
            for (int i = 0, seenA = 0, seenB = 0; fits && i < count; i++)
            {
                (ofA[i], ofB[i]) = (sa.Axis("TensorDot", axesA[i]), sb.Axis("TensorDot", axesB[i]));
                fits = sa.Lengths[ofA[i]] == sb.Lengths[ofB[i]] && (seenA & (1 << ofA[i])) == 0 && (seenB & (1 << ofB[i])) == 0;
                (seenA, seenB) = (seenA | (1 << ofA[i]), seenB | (1 << ofB[i]));
            }

            if (!fits) throw new ShapeException($"TensorDot: a is {sa}, b is {sb}, the axes are {Shape.Text(axesA)} and {Shape.Text(axesB)}; needs as many of both, each once, of equal lengths, and at most {Shape.MaxRank} others.");
            Span<int> result = stackalloc int[Shape.MaxRank];
            Variable<T> rows = Autodiff.TensorDot.AsMatrix(a, ofA[..count], false, result, out bool transposeA);
            Variable<T> columns = Autodiff.TensorDot.AsMatrix(b, ofB[..count], true, result[left..], out bool isFirst);
            return Autodiff.MatMul.Of(rows, columns, transposeA, !isFirst).Reshape(result[..(left + right)]);
        }

        /// <inheritdoc cref="Autodiff.TensorDot"/>
        /// <param name="b">The other tensor.</param>
        /// <param name="count">How many of this tensor's last axes are summed over with b's first.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is not from 0 to the number of axes.</exception>
        /// <exception cref="ShapeException">Lengths differ, or the result has too many axes.</exception>
        public Variable<T> TensorDot(Variable<T> b, int count)
        {
            int rank = a.Shape.Rank, most = Math.Min(rank, b.Shape.Rank);
            if (count < 0 || count > most) throw new ArgumentOutOfRangeException(nameof(count), $"TensorDot: count is {count}, a is {a.Shape}, b is {b.Shape}; needs 0 to {most}.");
            Span<int> last = stackalloc int[count], first = stackalloc int[count];
            for (int i = 0; i < count; i++) (last[i], first[i]) = (rank - count + i, i);
            return a.TensorDot(b, last, first);
        }
    }
}
