using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Pooling of x [planes, h, w] to y [planes, oh, ow].</summary>
internal static class Pooling
{
    /// <summary>
    /// y = the greatest of each window, <paramref name="index"/> = its first position in the whole of x, row by row.
    /// A NaN wins: then y is NaN and the index that of the first NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> index, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = s.OutputHeight, width = s.OutputWidth, output = 0;
        for (int row = 0; row < s.Planes * height; row++)
        {
            int start = Start(s, row, height);
            for (int column = 0; column < width; column++, start += s.StrideWidth, output++)
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
                y[output] = best;
                index[output] = position;
            }
        }
    }

    /// <summary>y = the mean of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average<T>(ReadOnlySpan<T> x, Span<T> y, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = s.OutputHeight, width = s.OutputWidth, output = 0;
        T area = T.CreateChecked(s.WindowHeight * s.WindowWidth);
        for (int row = 0; row < s.Planes * height; row++)
        {
            int start = Start(s, row, height);
            for (int column = 0; column < width; column++, start += s.StrideWidth)
            {
                T sum = T.Zero;
                for (int i = 0, line = start; i < s.WindowHeight; i++, line += s.Width)
                {
                    foreach (T value in x.Slice(line, s.WindowWidth)) sum += value;
                }
                y[output++] = sum / area;
            }
        }
    }

    /// <summary>The transpose of <see cref="Average"/>: adds to every pixel of x its share g / area of each window it is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageScatterAdd<T>(ReadOnlySpan<T> g, Span<T> x, in PoolShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = s.OutputHeight, width = s.OutputWidth, output = 0;
        T area = T.CreateChecked(s.WindowHeight * s.WindowWidth);
        for (int row = 0; row < s.Planes * height; row++)
        {
            int start = Start(s, row, height);
            for (int column = 0; column < width; column++, start += s.StrideWidth)
            {
                T share = g[output++] / area;
                for (int i = 0, line = start; i < s.WindowHeight; i++, line += s.Width)
                {
                    foreach (ref T value in x.Slice(line, s.WindowWidth)) value += share;
                }
            }
        }
    }

    /// <summary>Where in x the first window of an output row begins, the rows of all planes counted through.</summary>
    private static int Start(in PoolShape s, int row, int height)
    {
        (int plane, int y) = Math.DivRem(row, height);
        return (plane * s.Height + y * s.StrideHeight) * s.Width;
    }
}
