using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>One step of a scan: what follows from the result before and the next element.</summary>
internal interface IScanStep<T>
    where T : unmanaged
{
    /// <summary>For one lane.</summary>
    static abstract T Next(T before, T x);

    /// <summary>For lanes side by side, the same bits.</summary>
    static abstract Vector<T> Next(Vector<T> before, Vector<T> x);
}

/// <summary>before + x.</summary>
internal readonly struct AddStep<T> : IScanStep<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next(T before, T x) => before + x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Next(Vector<T> before, Vector<T> x) => before + x;
}

/// <summary>before · x.</summary>
internal readonly struct MultiplyStep<T> : IScanStep<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next(T before, T x) => before * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Next(Vector<T> before, Vector<T> x) => before * x;
}

/// <summary>Steps over rows of lanes that lie side by side.</summary>
internal static class ScanRows<T, TStep>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TStep : IScanStep<T>
{
    /// <summary>target[j] = the step of before[j] and x[j]; target may be one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ReadOnlySpan<T> before, ReadOnlySpan<T> x, Span<T> target)
    {
        int j = 0;
        if (Vector<T>.IsSupported)
            for (; j <= target.Length - Vector<T>.Count; j += Vector<T>.Count) TStep.Next(new Vector<T>(before[j..]), new Vector<T>(x[j..])).CopyTo(target[j..]);
        for (; j < target.Length; j++) target[j] = TStep.Next(before[j], x[j]);
    }

    /// <summary>Running results along the middle axis of [outer, n, inner]; y begins with x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scan(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, bool reverse)
    {
        int step = reverse ? -inner : inner;
        for (int o = 0; o < outer && n > 0; o++)
        {
            int at = ((o * n) + (reverse ? n - 1 : 0)) * inner;
            x.Slice(at, inner).CopyTo(y.Slice(at, inner));
            if (inner == 1)
            {
                T before = x[at];
                for (int i = 1; i < n; i++)
                {
                    at += step;
                    y[at] = before = TStep.Next(before, x[at]);
                }
            }
            else
            {
                for (int i = 1; i < n; i++, at += step) Run(y.Slice(at, inner), x.Slice(at + step, inner), y.Slice(at + step, inner));
            }
        }
    }
}
