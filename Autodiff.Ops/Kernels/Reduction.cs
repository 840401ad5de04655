using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Reductions of the middle axis, x [outer, n, inner] to y [outer, inner].</summary>
internal static class Reduction
{
    /// <summary>Rows added up one after another; more of them are joined pairwise.</summary>
    private const int Block = 128;

    /// <summary>y[o, j] = Σᵢ x[o, i, j]; 0 where n = 0. The error is at most about (66 + log₂ n)·u·Σ|x|, u the unit roundoff.</summary>
    public static void Sum<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            if (inner == 1) y[o] = Summation.Sum(rows);
            else SumRows(rows, y.Slice(o * inner, inner), n);
        }
    }

    /// <summary>
    /// y[o, j] = maxᵢ x[o, i, j], n at least 1, and <paramref name="index"/> [outer, inner] gets the first i that has it.
    /// A NaN wins: then y is NaN and the index that of the first NaN.
    /// </summary>
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> index, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Extremum<T, Greatest<T>>.Run(x, y, index, outer, n, inner);

    /// <summary>The same as <see cref="Max"/> for the least: y[o, j] = minᵢ x[o, i, j].</summary>
    public static void Min<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> index, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Extremum<T, Least<T>>.Run(x, y, index, outer, n, inner);

    /// <summary>Σ aᵢ·bᵢ, the error at most about (66 + log₂ n)·u·Σ|aᵢ·bᵢ|.</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Summation.Dot(a, b);

    /// <summary>y[j] = Σᵢ x[i, j].</summary>
    private static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= Block)
        {
            SumRows(x, y, n, default);
            return;
        }

        // one array for all levels: of a second one of the same size ArrayPool may have none left, as other threads take them
        int levels = BitOperations.Log2((uint)((n - 1) / Block)) + 1;
        T[] rented = ArrayPool<T>.Shared.Rent(levels * y.Length);
        SumRows(x, y, n, rented);
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int n, Span<T> rest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= Block)
        {
            y.Clear();
            AddRows(x, y, n);
            return;
        }
        int half = (n / 2 + Block - 1) / Block * Block;
        Span<T> upper = rest[..y.Length];
        SumRows(x[..(half * y.Length)], y, half, rest);
        SumRows(x[(half * y.Length)..], upper, n - half, rest[y.Length..]);
        AddRows(upper, y, 1);
    }

    /// <summary>y[j] += Σᵢ x[i, j], four rows at a time so that y is read and written once for the four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<T>(ReadOnlySpan<T> x, Span<T> y, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = y.Length, i = 0;
        for (; i + 4 <= n; i += 4)
        {
            ReadOnlySpan<T> r0 = x.Slice(i * inner, inner), r1 = x.Slice((i + 1) * inner, inner);
            ReadOnlySpan<T> r2 = x.Slice((i + 2) * inner, inner), r3 = x.Slice((i + 3) * inner, inner);
            int j = 0;
            if (Vector<T>.IsSupported)
            {
                for (; j + Vector<T>.Count <= inner; j += Vector<T>.Count)
                {
                    Vector<T> sum = new Vector<T>(r0[j..]) + new Vector<T>(r1[j..]) + (new Vector<T>(r2[j..]) + new Vector<T>(r3[j..]));
                    (new Vector<T>(y[j..]) + sum).CopyTo(y[j..]);
                }
            }
            for (; j < inner; j++) y[j] += r0[j] + r1[j] + (r2[j] + r3[j]);
        }
        for (; i < n; i++) Elementwise.Add(x.Slice(i * inner, inner), y);
    }
}
