using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Stable orders along the middle axis of [outer, n, inner]; NaN comes after every number, ascending, and before, descending.</summary>
internal static class Sorting
{
    /// <summary>index[o, r, j] = the place of the element of rank r, for the first <paramref name="k"/> ranks; index is [outer, k, inner].</summary>
    public static void Order<T>(ReadOnlySpan<T> x, Span<int> index, int outer, int n, int inner, int k, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] keys = ArrayPool<T>.Shared.Rent(n);
        int[] places = ArrayPool<int>.Shared.Rent(2 * n);
        Span<T> lane = keys.AsSpan(0, n);
        for (int o = 0; o < outer; o++)
        {
            for (int j = 0; j < inner; j++)
            {
                for (int i = 0; i < n; i++) lane[i] = x[(((o * n) + i) * inner) + j];
                ReadOnlySpan<int> order = Merge<T>(lane, places.AsSpan(0, n), places.AsSpan(n, n), descending);
                for (int r = 0; r < k; r++) index[(((o * k) + r) * inner) + j] = order[r];
            }
        }

        ArrayPool<int>.Shared.Return(places);
        ArrayPool<T>.Shared.Return(keys);
    }

    // bottom-up merges, since the runtime's sort is not stable; the result is in one of the two spans
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<int> Merge<T>(ReadOnlySpan<T> keys, Span<int> from, Span<int> to, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = keys.Length;
        for (int i = 0; i < n; i++) from[i] = i;
        for (long width = 1; width < n; width *= 2)
        {
            for (long start = 0; start < n; start += 2 * width)
            {
                int left = (int)start, middle = (int)Math.Min(start + width, n), right = middle, end = (int)Math.Min(start + (2 * width), n);
                for (int i = left; i < end; i++)
                {
                    bool takesRight = left == middle || (right < end && IsBefore(keys[from[right]], keys[from[left]], descending));
                    to[i] = takesRight ? from[right++] : from[left++];
                }
            }

            Span<int> swap = from;
            from = to;
            to = swap;
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore<T>(T a, T b, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
        => descending ? a > b || (T.IsNaN(a) && !T.IsNaN(b)) : a < b || (T.IsNaN(b) && !T.IsNaN(a));
}
