using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Which of two values an extremum prefers.</summary>
internal interface IPreference<T>
    where T : unmanaged
{
    /// <summary>Whether x takes the place of best, which came first: it is better, or it is NaN and best is not.</summary>
    static abstract bool Replaces(T x, T best);

    /// <summary>Whether no element of x can take the place of its partner in best; with a NaN among them the answer may be no.</summary>
    static abstract bool NoneReplaces(Vector<T> x, Vector<T> best);
}

/// <summary>Prefers the greater.</summary>
internal readonly struct Greatest<T> : IPreference<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Replaces(T x, T best) => !(x <= best) && !T.IsNaN(best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NoneReplaces(Vector<T> x, Vector<T> best) => Vector.LessThanOrEqualAll(x, best);
}

/// <summary>Prefers the less.</summary>
internal readonly struct Least<T> : IPreference<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Replaces(T x, T best) => !(x >= best) && !T.IsNaN(best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NoneReplaces(Vector<T> x, Vector<T> best) => Vector.GreaterThanOrEqualAll(x, best);
}

/// <summary>
/// Extrema of the middle axis, x [outer, n, inner] to y and index [outer, inner], n at least 1. Vectors only ask whether anything
/// changes: in data without order the best so far changes log n times, and then single elements decide.
/// </summary>
internal static class Extremum<T, TPreference>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TPreference : IPreference<T>
{
    /// <summary>The value and the first position of the extremum; a NaN wins.</summary>
    public static void Run(ReadOnlySpan<T> x, Span<T> y, Span<int> index, int outer, int n, int inner)
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            if (inner == 1)
            {
                index[o] = Position(rows);
                y[o] = rows[index[o]];
            }
            else
            {
                Rows(rows, y.Slice(o * inner, inner), index.Slice(o * inner, inner), n);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Position(ReadOnlySpan<T> x)
    {
        T best = x[0];
        int position = 0, i = 1;
        if (Vector<T>.IsSupported)
        {
            var bests = new Vector<T>(best);
            for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count)
            {
                if (TPreference.NoneReplaces(new Vector<T>(x[i..]), bests)) continue;
                // Nothing replaces a NaN, and its vector would stop here at every step.
                if (T.IsNaN(best)) return position;
                for (int j = i; j < i + Vector<T>.Count; j++)
                {
                    if (TPreference.Replaces(x[j], best)) (best, position) = (x[j], j);
                }
                bests = new Vector<T>(best);
            }
        }
        for (; i < x.Length; i++)
        {
            if (TPreference.Replaces(x[i], best)) (best, position) = (x[i], i);
        }
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(ReadOnlySpan<T> x, Span<T> y, Span<int> index, int n)
    {
        int inner = y.Length;
        x[..inner].CopyTo(y);
        index.Clear();
        for (int i = 1; i < n; i++)
        {
            ReadOnlySpan<T> row = x.Slice(i * inner, inner);
            int j = 0;
            if (Vector<T>.IsSupported)
            {
                for (; j + Vector<T>.Count <= inner; j += Vector<T>.Count)
                {
                    if (!TPreference.NoneReplaces(new Vector<T>(row[j..]), new Vector<T>(y[j..]))) Update(row, y, index, i, j, j + Vector<T>.Count);
                }
            }
            Update(row, y, index, i, j, inner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update(ReadOnlySpan<T> row, Span<T> y, Span<int> index, int i, int start, int end)
    {
        for (int j = start; j < end; j++)
        {
            if (TPreference.Replaces(row[j], y[j])) (y[j], index[j]) = (row[j], i);
        }
    }
}
