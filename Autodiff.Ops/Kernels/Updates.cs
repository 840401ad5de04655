using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The numbers of one step of Adam: Penalty·w is added to the slope, w is scaled by Keep, Step is the learning rate over 1 − β₁ᵗ, RootScale is 1 / √(1 − β₂ᵗ).</summary>
internal readonly record struct AdamFactors(double Beta1, double Beta2, double Epsilon, double Penalty, double Keep, double Step, double RootScale);

/// <summary>The optimizers' steps, in place: one pass over the parameter, its slope and what is remembered of it.</summary>
internal static unsafe class Updates
{
    /// <summary>b = momentum·b + (g + decay·w); w −= rate·b, or, looking ahead, rate·(g + decay·w + momentum·b). Without <paramref name="velocity"/> (empty) b is g + decay·w. Where the decay is 0, no w is added, also if it is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend<T>(Span<T> w, ReadOnlySpan<T> slope, Span<T> velocity, double rate, double momentum, double decay, bool ahead)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0, n = w.Length;
        fixed (T* p = w, g = slope[..n], b = velocity.IsEmpty ? velocity : velocity[..n])
        {
            if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Descend<T, Lane512<T>>(p, g, b, rate, momentum, decay, ahead, i, n);
            if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Descend<T, Lane256<T>>(p, g, b, rate, momentum, decay, ahead, i, n);
            if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Descend<T, Lane128<T>>(p, g, b, rate, momentum, decay, ahead, i, n);
            if (i < n) Descend<T, One<T>>(p, g, b, rate, momentum, decay, ahead, i, n);
        }
    }

    /// <summary>g = g + penalty·w, or g where the penalty is 0; m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; w = keep·w − step·m / (√v·rootScale + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam<T>(Span<T> w, ReadOnlySpan<T> slope, Span<T> first, Span<T> second, in AdamFactors factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0, n = w.Length;
        fixed (T* p = w, g = slope[..n], m = first[..n], v = second[..n])
        {
            if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Adam<T, Lane512<T>>(p, g, m, v, factors, i, n);
            if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Adam<T, Lane256<T>>(p, g, m, v, factors, i, n);
            if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Adam<T, Lane128<T>>(p, g, m, v, factors, i, n);
            if (i < n) Adam<T, One<T>>(p, g, m, v, factors, i, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Descend<T, L>(T* w, T* g, T* velocity, double rate, double momentum, double decay, bool ahead, int i, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, IVectorLane<L, T>
    {
        // 0·∞ is NaN
        bool decays = decay != 0;
        L r = L.Of(rate), mu = L.Of(momentum), lambda = L.Of(decay);
        for (; i + L.Count <= n; i += L.Count)
        {
            L x = L.Load(w + i), step = L.Load(g + i);
            if (decays) step += lambda * x;
            if (velocity is not null)
            {
                L moved = (mu * L.Load(velocity + i)) + step;
                L.Store(moved, velocity + i);
                step = ahead ? step + (mu * moved) : moved;
            }

            L.Store(x - (r * step), w + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Adam<T, L>(T* w, T* g, T* first, T* second, in AdamFactors f, int i, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, IVectorLane<L, T>
    {
        L beta1 = L.Of(f.Beta1), rest1 = L.Of(1 - f.Beta1), beta2 = L.Of(f.Beta2), rest2 = L.Of(1 - f.Beta2);
        bool penalised = f.Penalty != 0;
        L epsilon = L.Of(f.Epsilon), penalty = L.Of(f.Penalty), keep = L.Of(f.Keep), rate = L.Of(f.Step), scale = L.Of(f.RootScale);
        for (; i + L.Count <= n; i += L.Count)
        {
            L slope = L.Load(g + i);
            if (penalised) slope += penalty * L.Load(w + i);
            L m = (beta1 * L.Load(first + i)) + (rest1 * slope), v = (beta2 * L.Load(second + i)) + (rest2 * slope * slope);
            L.Store(m, first + i);
            L.Store(v, second + i);
            L.Store((keep * L.Load(w + i)) - (rate * m / ((L.SquareRoot(v) * scale) + epsilon)), w + i);
        }

        return i;
    }
}
