using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Benchmarks;

/// <summary>What one core can do at most: fused multiply-adds in registers alone, in the widest lanes.</summary>
internal static class Peak
{
    /// <summary>The accumulators of the loop: enough to hide the latency of two multipliers.</summary>
    private const int Chains = 12;

    /// <summary>GFLOP/s of one core, a fused multiply-add being two operations; the best of some runs.</summary>
    public static double Measure<T>(int runs = 15) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int steps = 200_000;
        double best = 0;
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            (T sum, int lanes) = Vector512.IsHardwareAccelerated ? (Wide512(T.CreateTruncating(0.5), steps), Vector512<T>.Count)
                : Vector256.IsHardwareAccelerated ? (Wide256(T.CreateTruncating(0.5), steps), Vector256<T>.Count)
                : (Wide128(T.CreateTruncating(0.5), steps), Vector128<T>.Count);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (T.IsNaN(sum)) throw new InvalidOperationException("unreachable: keeps the loop");
            best = Math.Max(best, 2.0 * Chains * lanes * steps / seconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Wide512<T>(T half, int steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> h = Vector512.Create(half), a = h, b = h, c = h, d = h, e = h, f = h, g = h, i = h, j = h, k = h, l = h, m = h;
        for (int n = 0; n < steps; n++)
        {
            a = Fused(a, h); b = Fused(b, h); c = Fused(c, h); d = Fused(d, h); e = Fused(e, h); f = Fused(f, h);
            g = Fused(g, h); i = Fused(i, h); j = Fused(j, h); k = Fused(k, h); l = Fused(l, h); m = Fused(m, h);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + i + j + k + l + m);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Wide256<T>(T half, int steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> h = Vector256.Create(half), a = h, b = h, c = h, d = h, e = h, f = h, g = h, i = h, j = h, k = h, l = h, m = h;
        for (int n = 0; n < steps; n++)
        {
            a = Fused(a, h); b = Fused(b, h); c = Fused(c, h); d = Fused(d, h); e = Fused(e, h); f = Fused(f, h);
            g = Fused(g, h); i = Fused(i, h); j = Fused(j, h); k = Fused(k, h); l = Fused(l, h); m = Fused(m, h);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + i + j + k + l + m);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Wide128<T>(T half, int steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> h = Vector128.Create(half), a = h, b = h, c = h, d = h, e = h, f = h, g = h, i = h, j = h, k = h, l = h, m = h;
        for (int n = 0; n < steps; n++)
        {
            a = Fused(a, h); b = Fused(b, h); c = Fused(c, h); d = Fused(d, h); e = Fused(e, h); f = Fused(f, h);
            g = Fused(g, h); i = Fused(i, h); j = Fused(j, h); k = Fused(k, h); l = Fused(l, h); m = Fused(m, h);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + i + j + k + l + m);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fused<T>(Vector512<T> x, Vector512<T> h) where T : unmanaged
        => typeof(T) == typeof(float) ? Vector512.FusedMultiplyAdd(x.AsSingle(), h.AsSingle(), h.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.AsDouble(), h.AsDouble(), h.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fused<T>(Vector256<T> x, Vector256<T> h) where T : unmanaged
        => typeof(T) == typeof(float) ? Vector256.FusedMultiplyAdd(x.AsSingle(), h.AsSingle(), h.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(x.AsDouble(), h.AsDouble(), h.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Fused<T>(Vector128<T> x, Vector128<T> h) where T : unmanaged
        => typeof(T) == typeof(float) ? Vector128.FusedMultiplyAdd(x.AsSingle(), h.AsSingle(), h.AsSingle()).As<float, T>()
            : Vector128.FusedMultiplyAdd(x.AsDouble(), h.AsDouble(), h.AsDouble()).As<double, T>();
}
