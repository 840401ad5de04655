using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Moving elements without computing.</summary>
internal static unsafe class Layout
{
    /// <summary>The greatest rank <see cref="Permute"/> takes.</summary>
    public const int MaxRank = 8;

    /// <summary>
    /// y[i₀, i₁, …] = x with axis axes[d] running as y's axis d; shape is x's, so y's sizes are shape[axes[d]].
    /// Axes that stay together move as one, whole blocks are copied where the last axis stays last, and squares transposed elsewhere.
    /// </summary>
    [SkipLocalsInit]
    public static void Permute<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, ReadOnlySpan<int> axes)
        where T : unmanaged
    {
        if (shape.Length > MaxRank || axes.Length != shape.Length)
        {
            throw new ArgumentException($"A permutation needs one axis for each of at most {MaxRank}, not {axes.Length} for {shape.Length}.");
        }
        Span<int> strides = stackalloc int[MaxRank], sizes = stackalloc int[MaxRank], steps = stackalloc int[MaxRank];
        int length = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = length;
            length = checked(length * shape[d]);
        }
        x = x[..length];
        y = y[..length];
        if (length == 0) return;
        int rank = 0;
        foreach (int axis in axes)
        {
            if (shape[axis] == 1) continue;
            if (rank > 0 && steps[rank - 1] == strides[axis] * shape[axis])
            {
                sizes[rank - 1] *= shape[axis];
                steps[rank - 1] = strides[axis];
            }
            else
            {
                (sizes[rank], steps[rank]) = (shape[axis], strides[axis]);
                rank++;
            }
        }
        if (rank <= 1) x.CopyTo(y);
        else Walk(x, y, sizes[..rank], steps[..rank]);
    }

    /// <summary>
    /// Copies <paramref name="count"/> blocks of <paramref name="blockLength"/> elements, block i from x at
    /// sourceOffset + i·sourceStride to y at targetOffset + i·targetStride: what slices, paddings and concatenations are made of.
    /// </summary>
    public static void Copy<T>(
        ReadOnlySpan<T> source, int sourceOffset, int sourceStride, Span<T> target, int targetOffset, int targetStride, int blockLength, int count)
        where T : unmanaged
    {
        if (blockLength == 0) return;
        if (sourceStride == blockLength && targetStride == blockLength)
        {
            (blockLength, count) = (blockLength * count, Math.Min(count, 1));
        }
        for (int i = 0; i < count; i++)
        {
            if (blockLength == 1) target[targetOffset] = source[sourceOffset];
            else source.Slice(sourceOffset, blockLength).CopyTo(target.Slice(targetOffset, blockLength));
            sourceOffset += sourceStride;
            targetOffset += targetStride;
        }
    }

    /// <summary>y[o, i, ·] = x[o, n − 1 − i, ·], both being [outer, n, inner].</summary>
    public static void Reverse<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            Span<T> target = y.Slice(o * n * inner, n * inner);
            if (inner == 1)
            {
                rows.CopyTo(target);
                target.Reverse();
                continue;
            }
            for (int i = 0; i < n; i++) rows.Slice((n - 1 - i) * inner, inner).CopyTo(target.Slice(i * inner, inner));
        }
    }

    /// <summary>The elements with j − i ≤ diagonal (lower) or ≥ diagonal of each m × n matrix, zeros elsewhere.</summary>
    public static void Triangle<T>(ReadOnlySpan<T> x, Span<T> y, int m, int n, int diagonal, bool lower)
        where T : unmanaged
    {
        for (int at = 0, i = 0; at < x.Length; at += n, i = i + 1 < m ? i + 1 : 0)
        {
            // the row's elements before this column
            int column = (int)Math.Clamp((long)i + diagonal + (lower ? 1 : 0), 0, n);
            Span<T> row = y.Slice(at, n);
            x.Slice(at, n).CopyTo(row);
            (lower ? row[column..] : row[..column]).Clear();
        }
    }

    /// <summary>Steps over all axes of y but those moved at once: the last, and where x's last axis is another, that one too.</summary>
    [SkipLocalsInit]
    private static void Walk<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> sizes, ReadOnlySpan<int> steps)
        where T : unmanaged
    {
        Span<int> targetSteps = stackalloc int[MaxRank], at = stackalloc int[MaxRank];
        int last = sizes.Length - 1, contiguous = steps.IndexOf(1);
        for (int d = last, stride = 1; d >= 0; stride *= sizes[d], d--) targetSteps[d] = stride;
        at.Clear();
        int from = 0, to = 0;
        fixed (T* source = x, target = y)
        {
            while (true)
            {
                if (contiguous == last) Elementwise.Copy(source + from, target + to, sizes[last]);
                else Transposition.Run(source + from, steps[last], target + to, targetSteps[contiguous], sizes[last], sizes[contiguous]);
                int d = last - 1;
                for (; d >= 0; d--)
                {
                    if (d == contiguous) continue;
                    from += steps[d];
                    to += targetSteps[d];
                    if (++at[d] < sizes[d]) break;
                    from -= sizes[d] * steps[d];
                    to -= sizes[d] * targetSteps[d];
                    at[d] = 0;
                }
                if (d < 0) return;
            }
        }
    }
}
