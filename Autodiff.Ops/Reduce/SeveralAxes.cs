using System.Numerics;

namespace Autodiff;

/// <summary>Several axes reduced as one: those that stand together are joined where they are, others go behind the rest first.</summary>
internal static class SeveralAxes
{
    /// <summary>Reduces one axis that holds all the given ones, row-major in their order in the shape; the argument goes to the reduction, which so captures nothing.</summary>
    public static Variable<T> Reduce<T>(string op, Variable<T> x, ReadOnlySpan<int> axes, bool keepDims, Func<Variable<T>, int, double, Variable<T>> reduce, double argument = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> joined = Join(op, x, axes, keepDims, out int at, out Shape result);
        return reduce(joined, at, argument).Reshape(result);
    }

    /// <summary>The given axes as one, where it is, and the shape without them (or with 1 in their places).</summary>
    public static Variable<T> Join<T>(string op, Variable<T> x, ReadOnlySpan<int> axes, bool keepDims, out int at, out Shape result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        uint joined = 0;
        foreach (int axis in axes)
        {
            uint bit = 1u << shape.Axis(op, axis);
            if ((joined & bit) != 0) throw new ShapeException($"{op}: x is {shape}, the axes are {Shape.Text(axes)}; needs each axis at most once.");
            joined |= bit;
        }

        if (joined == 0) throw new ShapeException($"{op}: x is {shape}, no axes came; needs at least one (without the argument, it is everything).");
        int first = BitOperations.TrailingZeroCount(joined), count = axes.Length, length = 1;
        Span<int> order = stackalloc int[shape.Rank], merged = stackalloc int[shape.Rank - count + 1], remaining = stackalloc int[shape.Rank];
        int kept = 0, left = 0;
        for (int i = 0; i < shape.Rank; i++)
        {
            bool goes = (joined & (1u << i)) != 0;
            if (goes) length *= shape.Lengths[i];
            else order[kept++] = i;
            if (!goes || keepDims) remaining[left++] = goes ? 1 : shape.Lengths[i];
        }

        // the places of the joined axes in the order: behind all others, unless they stand together
        bool together = joined >> first == (1u << count) - 1;
        at = together ? first : kept;
        for (int i = 0, k = kept; i < shape.Rank; i++)
            if ((joined & (1u << i)) != 0) order[k++] = i;
        result = remaining[..left];
        for (int i = 0; i < merged.Length; i++) merged[i] = i == at ? length : shape.Lengths[order[i < at ? i : i - 1]];
        return (together ? x : Variable<T>.Apply(new Permute(order), x)).Reshape(merged);
    }
}
