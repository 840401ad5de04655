using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The numbers of a step by root mean squares: Decay of the squares, Momentum of the steps, Penalty·w added to the slope, Rate the length.</summary>
internal readonly record struct RootFactors(double Decay, double Epsilon, double Momentum, double Penalty, double Rate);

/// <summary>An optimizer's step in place: slopes divided by the root of their running mean square.</summary>
internal static unsafe class RootUpdates
{
    /// <summary>g = g + penalty·w, or g where the penalty is 0; v = decay·v + (1 − decay)·g²; b = momentum·b + g/(√v + ε); w −= rate·b. Without <paramref name="velocity"/> (empty) b is g/(√v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(Span<T> w, ReadOnlySpan<T> slope, Span<T> squares, Span<T> velocity, in RootFactors factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0, n = w.Length;
        fixed (T* p = w, g = slope[..n], v = squares[..n], b = velocity.IsEmpty ? velocity : velocity[..n])
        {
            if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Run<T, Lane512<T>>(p, g, v, b, factors, i, n);
            if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Run<T, Lane256<T>>(p, g, v, b, factors, i, n);
            if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Run<T, Lane128<T>>(p, g, v, b, factors, i, n);
            if (i < n) Run<T, One<T>>(p, g, v, b, factors, i, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Run<T, L>(T* w, T* g, T* squares, T* velocity, in RootFactors f, int i, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, IVectorLane<L, T>
    {
        // 0·∞ is NaN
        bool penalised = f.Penalty != 0;
        L kept = L.Of(f.Decay), fresh = L.Of(1 - f.Decay), epsilon = L.Of(f.Epsilon), momentum = L.Of(f.Momentum), penalty = L.Of(f.Penalty), rate = L.Of(f.Rate);
        for (; i + L.Count <= n; i += L.Count)
        {
            L x = L.Load(w + i), slope = L.Load(g + i);
            if (penalised) slope += penalty * x;
            L v = (kept * L.Load(squares + i)) + (fresh * slope * slope);
            L.Store(v, squares + i);
            L step = slope / (L.SquareRoot(v) + epsilon);
            if (velocity is not null)
            {
                step = (momentum * L.Load(velocity + i)) + step;
                L.Store(step, velocity + i);
            }

            L.Store(x - (rate * step), w + i);
        }

        return i;
    }
}
