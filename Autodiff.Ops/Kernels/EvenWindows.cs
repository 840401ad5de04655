using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Windows that cover an image evenly: the i-th of k over n pixels goes from ⌊i·n/k⌋ to ⌈(i + 1)·n/k⌉.</summary>
internal readonly record struct EvenWindows(int Height, int Width, int OutputHeight, int OutputWidth)
{
    /// <summary>y [planes, oh, ow] = the mean of each window of x [planes, h, w].</summary>
    public void Means<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            (int first, int rows, int columns) = Window(i);
            T sum = T.Zero;
            for (int r = 0; r < rows; r++)
                foreach (T pixel in x.Slice(first + (r * Width), columns)) sum += pixel;
            y[i] = sum / T.CreateTruncating((double)rows * columns);
        }
    }

    /// <summary>The transpose: adds to every pixel of x its share of each window of y.</summary>
    public void SharesAdd<T>(ReadOnlySpan<T> y, Span<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            (int first, int rows, int columns) = Window(i);
            T share = y[i] / T.CreateTruncating((double)rows * columns);
            for (int r = 0; r < rows; r++)
                foreach (ref T pixel in x.Slice(first + (r * Width), columns)) pixel += share;
        }
    }

    /// <summary>Where the greatest of each window stands in the whole of x, the first of equal ones; a NaN wins.</summary>
    public void Maxima<T>(ReadOnlySpan<T> x, Span<int> places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < places.Length; i++)
        {
            (int first, int rows, int columns) = Window(i);
            int best = first;
            for (int r = 0; r < rows; r++)
                for (int at = first + (r * Width); at < first + (r * Width) + columns; at++)
                    if (Greatest<T>.Replaces(x[at], x[best])) best = at;
            places[i] = best;
        }
    }

    private (int First, int Rows, int Columns) Window(int output)
    {
        (int rest, int column) = Math.DivRem(output, OutputWidth);
        (int plane, int row) = Math.DivRem(rest, OutputHeight);
        (int top, int left) = (Start(row, Height, OutputHeight), Start(column, Width, OutputWidth));
        return ((((plane * Height) + top) * Width) + left, End(row, Height, OutputHeight) - top, End(column, Width, OutputWidth) - left);
    }

    private static int Start(int i, int n, int k) => (int)((long)i * n / k);

    private static int End(int i, int n, int k) => (int)((((i + 1L) * n) + k - 1) / k);
}
