using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Windows along one axis that begin before it and may end behind it: window i reads i·Stride − Padding + j·Dilation, 0 ≤ j &lt; Window, where that is in 0 … Length − 1.</summary>
internal readonly record struct PaddedAxis(int Length, int Window, int Stride, int Padding, int Dilation, int Count)
{
    /// <summary>The first place that is read, and how many are.</summary>
    public (int First, int Count) Inside(int output)
    {
        int start = (output * Stride) - Padding, skipped = start < 0 ? ((-start - 1) / Dilation) + 1 : 0;
        int first = start + (skipped * Dilation);   // below Dilation where it skips: right also where the product wraps
        return (first, first >= Length ? 0 : Math.Min(Window - skipped, ((Length - 1 - first) / Dilation) + 1));
    }

    /// <summary>The places that count in a mean: those that are read, or all of the window up to the end of the padding.</summary>
    public int Weight(int output, bool countPadding)
        => countPadding ? Math.Min(Window, Length + Padding - ((output * Stride) - Padding)) : Inside(output).Count;
}

/// <summary>Pooling of planes with padding, dilation or windows that are cut off at the end, window by window; without them <see cref="Pooling"/> is faster.</summary>
internal readonly record struct PaddedWindows(PaddedAxis Rows, PaddedAxis Columns)
{
    /// <summary>Where the greatest of each window stands in the whole of x [planes, h, w], the first of equal ones; a NaN wins. Padding is not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Maxima<T>(ReadOnlySpan<T> x, Span<int> places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < places.Length; i++)
        {
            (int first, int rows, int columns, _, _) = Window(i);
            int best = first;
            for (int r = 0, line = first; r < rows; r++, line += Rows.Dilation * Columns.Length)
                for (int c = 0, at = line; c < columns; c++, at += Columns.Dilation)
                    if (Greatest<T>.Replaces(x[at], x[best])) best = at;
            places[i] = best;
        }
    }

    /// <summary>y [planes, oh, ow] = the mean of each window of x [planes, h, w].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Means<T>(ReadOnlySpan<T> x, Span<T> y, bool countPadding) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            (int first, int rows, int columns, int row, int column) = Window(i);
            T sum = T.Zero;
            for (int r = 0, line = first; r < rows; r++, line += Columns.Length)
                foreach (T pixel in x.Slice(line, columns)) sum += pixel;
            y[i] = sum / Area<T>(row, column, countPadding);
        }
    }

    /// <summary>The transpose: adds to every pixel of x its share of each window of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SharesAdd<T>(ReadOnlySpan<T> y, Span<T> x, bool countPadding) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            (int first, int rows, int columns, int row, int column) = Window(i);
            T share = y[i] / Area<T>(row, column, countPadding);
            for (int r = 0, line = first; r < rows; r++, line += Columns.Length)
                foreach (ref T pixel in x.Slice(line, columns)) pixel += share;
        }
    }

    private T Area<T>(int row, int column, bool countPadding) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating((double)Rows.Weight(row, countPadding) * Columns.Weight(column, countPadding));

    private (int First, int Rows, int Columns, int Row, int Column) Window(int output)
    {
        (int rest, int column) = Math.DivRem(output, Columns.Count);
        (int plane, int row) = Math.DivRem(rest, Rows.Count);
        ((int top, int rows), (int left, int columns)) = (Rows.Inside(row), Columns.Inside(column));
        return ((((plane * Rows.Length) + top) * Columns.Length) + left, rows, columns, row, column);
    }
}
