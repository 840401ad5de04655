using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Where the running extremum along the middle axis of [outer, n, inner] stands: the first of equal ones, and the first NaN from there on.</summary>
internal static class RunningExtremum<T, TPreference>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TPreference : IPreference<T>
{
    /// <summary>places[o, i, j] = the place among x[o, 0 … i, j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<T> x, Span<int> places, int outer, int n, int inner)
    {
        if (inner < Vector<T>.Count)
        {
            Lanes(x, places, outer, n, inner);
            return;
        }

        Span<T> bestRow = Workspace<T>.Strip(inner);
        for (int o = 0; o < outer && n > 0; o++)
        {
            ReadOnlySpan<T> lanes = x.Slice(o * n * inner, n * inner);
            Span<int> at = places.Slice(o * n * inner, n * inner);
            at[..inner].Clear();
            lanes[..inner].CopyTo(bestRow);
            for (int i = 1; i < n; i++)
            {
                ReadOnlySpan<T> row = lanes.Slice(i * inner, inner);
                Span<int> target = at.Slice(i * inner, inner);
                at.Slice((i - 1) * inner, inner).CopyTo(target);
                int j = 0;
                if (Vector<T>.IsSupported)
                {
                    // in data without order the best so far changes log n times
                    for (; j <= inner - Vector<T>.Count; j += Vector<T>.Count)
                    {
                        if (TPreference.NoneReplaces(new Vector<T>(row[j..]), new Vector<T>(bestRow[j..]))) continue;
                        for (int k = j; k < j + Vector<T>.Count; k++) Replace(row[k], ref bestRow[k], ref target[k], i);
                    }
                }

                for (; j < inner; j++) Replace(row[j], ref bestRow[j], ref target[j], i);
            }
        }
    }

    // rows too short for vectors
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lanes(ReadOnlySpan<T> x, Span<int> places, int outer, int n, int inner)
    {
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int first = (lane / inner * n * inner) + (lane % inner), best = 0;
            for (int i = 0, at = first; i < n; i++, at += inner)
            {
                if (TPreference.Replaces(x[at], x[first + (best * inner)])) best = i;
                places[at] = best;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Replace(T x, ref T best, ref int place, int i)
    {
        if (TPreference.Replaces(x, best)) (best, place) = (x, i);
    }
}
