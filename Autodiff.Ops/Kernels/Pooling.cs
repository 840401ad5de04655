using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Pooling of x [planes, h, w] to y [planes, oh, ow].</summary>
internal static unsafe class Pooling
{
    /// <summary>
    /// y = the greatest of each window, <paramref name="index"/> = its first position in the whole of x, row by row.
    /// A NaN wins: then y is NaN and the index that of the first NaN.
    /// </summary>
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> index, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        y = y[..s.OutputSize];
        index = index[..s.OutputSize];
        fixed (T* px = x[..s.Size], py = y)
        fixed (int* places = index)
        {
            if (s.StrideWidth == 1) Max<T, One>(px, py, places, s);
            else Max<T, Two>(px, py, places, s);
        }
    }

    /// <summary>y = the mean of each window.</summary>
    public static void Average<T>(ReadOnlySpan<T> x, Span<T> y, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        y = y[..s.OutputSize];
        fixed (T* px = x[..s.Size], py = y)
        {
            if (s.StrideWidth == 1) Average<T, One>(px, py, s);
            else Average<T, Two>(px, py, s);
        }
    }

    /// <summary>The transpose of the mean: adds to every pixel of x its share g / area of each window it is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageScatterAdd<T>(ReadOnlySpan<T> g, Span<T> x, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = s.OutputHeight, width = s.OutputWidth, rows = s.Planes * height, lanes = Vector128<T>.Count;
        // Side by side only: a vector that overlaps the one just stored would wait for it.
        bool pairs = s.StrideWidth == 2 && s.WindowWidth == 2 && PoolLanes<T>.Serve(s);
        T area = Area<T>(s);
        fixed (T* shares = g[..s.OutputSize], target = x[..s.Size])
        {
            T* share = shares;
            for (int row = 0; row < rows; row++)
            {
                T* window = target + Start(s, row, height);
                int column = 0;
                for (; pairs && column <= width - lanes; column += lanes, share += lanes, window += 2 * lanes)
                {
                    Vector128<T> part = Vector128.Load(share) / Vector128.Create(area);
                    T* line = window;
                    for (int i = 0; i < s.WindowHeight; i++, line += s.Width) PoolLanes<T>.AddPairs(part, line);
                }

                for (; column < width; column++, window += s.StrideWidth)
                {
                    T part = *share++ / area;
                    T* line = window;
                    for (int i = 0; i < s.WindowHeight; i++, line += s.Width)
                    {
                        for (int j = 0; j < s.WindowWidth; j++) line[j] += part;
                    }
                }
            }
        }
    }

    /// <summary>By rows of outputs; their last vector overlaps the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Max<T, TStride>(T* x, T* y, int* index, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStride : ISize
    {
        int height = s.OutputHeight, width = s.OutputWidth, rows = s.Planes * height, lanes = Vector128<T>.Count;
        // behind the last window there may be nothing to read
        int last = s.Size - (s.WindowHeight - 1) * s.Width - (s.WindowWidth - 1) - PoolLanes<T>.Reach(TStride.Value);
        bool serve = PoolLanes<T>.Serve(s);
        for (int row = 0; row < rows; row++, y += width, index += width)
        {
            int start = Start(s, row, height), column = 0;
            if (serve)
            {
                while (column < width)
                {
                    int from = Math.Min(column, width - lanes), at = start + from * TStride.Value;
                    if (at > last) break;
                    PoolLanes<T>.Max<TStride>(x + at, at, y + from, index + from, s);
                    column = from + lanes;
                }
            }

            for (; column < width; column++)
            {
                index[column] = Position(x, start + column * s.StrideWidth, s);
                y[column] = x[index[column]];
            }
        }
    }

    /// <summary>The first position of the greatest in one window.</summary>
    private static int Position<T>(T* x, int start, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int position = start;
        T best = x[start];
        for (int i = 0, line = start; i < s.WindowHeight; i++, line += s.Width)
        {
            for (int at = line; at < line + s.WindowWidth; at++)
            {
                if (Greatest<T>.Replaces(x[at], best)) (best, position) = (x[at], at);
            }
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average<T, TStride>(T* x, T* y, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStride : ISize
    {
        int height = s.OutputHeight, width = s.OutputWidth, rows = s.Planes * height, lanes = Vector128<T>.Count;
        int last = s.Size - (s.WindowHeight - 1) * s.Width - (s.WindowWidth - 1) - PoolLanes<T>.Reach(TStride.Value);
        bool serve = PoolLanes<T>.Serve(s);
        T area = Area<T>(s);
        for (int row = 0; row < rows; row++, y += width)
        {
            int start = Start(s, row, height), column = 0;
            if (serve)
            {
                while (column < width)
                {
                    int from = Math.Min(column, width - lanes), at = start + from * TStride.Value;
                    if (at > last) break;
                    PoolLanes<T>.Average<TStride>(x + at, y + from, Vector128.Create(area), s);
                    column = from + lanes;
                }
            }

            for (; column < width; column++)
            {
                T sum = T.Zero;
                T* line = x + start + column * s.StrideWidth;
                for (int i = 0; i < s.WindowHeight; i++, line += s.Width)
                {
                    for (int j = 0; j < s.WindowWidth; j++) sum += line[j];
                }

                y[column] = sum / area;
            }
        }
    }

    private static T Area<T>(in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateChecked((long)s.WindowHeight * s.WindowWidth);

    /// <summary>Where in x the first window of an output row begins, the rows of all planes counted through.</summary>
    private static int Start(in PoolShape s, int row, int height)
    {
        (int plane, int y) = Math.DivRem(row, height);
        return (plane * s.Height + y * s.StrideHeight) * s.Width;
    }
}
