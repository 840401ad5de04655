using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The passes over one row that is brought to mean 0 and variance 1, and over its weights w; what is left of whole lanes goes number by number.</summary>
internal static unsafe class NormalisedRow<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    /// <summary>Elements that are added up lane by lane, 256 one after the other; the error of a sum of n is at most about (256 + n / Block)·u·Σ|terms|.</summary>
    private static int Block
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 256 * L.Count;
    }

    /// <summary>The mean μ, and 1 / √(σ² + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static (T Mean, T R) Moments(T* x, int n, T epsilon)
    {
        T count = T.CreateTruncating(n), mean = Sum(x, n, T.Zero, squared: false) / count;
        return (mean, T.One / T.Sqrt((Sum(x, n, mean, squared: true) / count) + epsilon));
    }

    /// <summary>Σ w and Σ w·(x − μ)·r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static (T W, T WY) Weights(T* x, T* w, int n, T mean, T r)
    {
        L m = L.Broadcast(mean), f = L.Broadcast(r);
        T total = T.Zero, totalY = T.Zero;
        int i = 0, whole = n - (n % L.Count);
        while (i < whole)
        {
            L s = L.Of(0), t = s;
            for (int end = Math.Min(whole, i + Block); i < end; i += L.Count)
            {
                L v = L.Load(w + i);
                s += v;
                t = L.FusedMultiplyAdd(v, (L.Load(x + i) - m) * f, t);
            }

            (total, totalY) = (total + L.Sum(s), totalY + L.Sum(t));
        }

        for (; i < n; i++) (total, totalY) = (total + w[i], totalY + (w[i] * (x[i] - mean) * r));
        return (total, totalY);
    }

    /// <summary>y = (x − μ)·r, times a gain and plus a bias where there are; from element i on while a whole lane is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Apply(T* x, T* y, T* gain, T* bias, T mean, T r, int i, int n)
    {
        L m = L.Broadcast(mean), f = L.Broadcast(r);
        if (gain is null) for (; i + L.Count <= n; i += L.Count) L.Store((L.Load(x + i) - m) * f, y + i);
        else for (; i + L.Count <= n; i += L.Count) L.Store(L.FusedMultiplyAdd((L.Load(x + i) - m) * f, L.Load(gain + i), L.Load(bias + i)), y + i);
        return i;
    }

    /// <summary>z (+)= r·(w − mean w − (x − μ)·r·mean(w·y)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Transpose(T* x, T* w, T* z, in NormalisedMoments<T> moments, bool adds, int i, int n)
    {
        L m = L.Broadcast(moments.Mean), r = L.Broadcast(moments.R), meanW = L.Broadcast(moments.MeanW), meanWY = L.Broadcast(moments.MeanWY), zero = L.Of(0);
        for (; i + L.Count <= n; i += L.Count)
        {
            L y = (L.Load(x + i) - m) * r;
            L.Store((adds ? L.Load(z + i) : zero) + ((L.Load(w + i) - meanW - (y * meanWY)) * r), z + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sum(T* x, int n, T mean, bool squared)
    {
        L m = L.Broadcast(mean);
        T total = T.Zero;
        int i = 0, whole = n - (n % L.Count);
        while (i < whole)
        {
            // two sums: an addition waits for the one before
            L s = L.Of(0), t = s;
            int end = Math.Min(whole, i + Block);
            for (; i + (2 * L.Count) <= end; i += 2 * L.Count)
            {
                L a = L.Load(x + i) - m, b = L.Load(x + i + L.Count) - m;
                s = squared ? L.FusedMultiplyAdd(a, a, s) : s + a;
                t = squared ? L.FusedMultiplyAdd(b, b, t) : t + b;
            }

            for (; i < end; i += L.Count)
            {
                L a = L.Load(x + i) - m;
                s = squared ? L.FusedMultiplyAdd(a, a, s) : s + a;
            }

            total += L.Sum(s + t);
        }

        for (; i < n; i++) total += squared ? (x[i] - mean) * (x[i] - mean) : x[i];
        return total;
    }
}

/// <summary>What a row's transposed pass needs to know of it.</summary>
internal readonly record struct NormalisedMoments<T>(T Mean, T R, T MeanW, T MeanWY);
