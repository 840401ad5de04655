using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Householder's reflections H = I − τ·v·vᵀ and Givens' rotations, on rows that lie together: what orthogonal factorisations are made of.</summary>
internal static class Reflections
{
    /// <summary>Makes of x the v of the reflection that takes x to r·e₀; τ is 0 where there is nothing to reflect, and NaN where something is not finite.</summary>
    /// <remarks>v is scaled by a power of two, so that squares neither overflow nor vanish; r is −‖x‖ with the sign of x₀, so that nothing cancels.</remarks>
    public static (T Tau, T R) Make<T>(Span<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = x.IsEmpty ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(x));
        if (largest == T.Zero) return (T.Zero, T.Zero);
        if (!T.IsFinite(largest)) return (T.NaN, T.NaN);
        T scale = T.ScaleB(T.One, -T.ILogB(largest));
        TensorPrimitives.Multiply(x, scale, x);
        T norm = T.Sqrt(TensorPrimitives.Dot<T>(x, x)), tau = T.One / (norm * (norm + T.Abs(x[0]))), r = T.CopySign(norm, x[0]);
        x[0] += r;
        return (tau, -r / scale);
    }

    /// <summary>y − τ·v·(vᵀ·y) in y's place.</summary>
    public static void Apply<T>(ReadOnlySpan<T> v, T tau, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tau != T.Zero) TensorPrimitives.MultiplyAddEstimate(v, -tau * TensorPrimitives.Dot(v, y), y, y);
    }

    /// <summary>(c·x + s·y, c·y − s·x) in the places of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate<T>(Span<T> x, Span<T> y, T c, T s) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
        {
            for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count)
            {
                Vector<T> a = new(x[i..]), b = new(y[i..]);
                ((a * c) + (b * s)).CopyTo(x[i..]);
                ((b * c) - (a * s)).CopyTo(y[i..]);
            }
        }

        for (; i < x.Length; i++) (x[i], y[i]) = ((x[i] * c) + (y[i] * s), (y[i] * c) - (x[i] * s));
    }

    /// <summary>Whether the element of the greatest magnitude, the first of equal ones, is negative: what decides the sign of a vector that has none.</summary>
    public static bool PointsDown<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < x.Length; i++)
            if (T.Abs(x[i]) > T.Abs(x[best])) best = i;
        return x.Length > 0 && x[best] < T.Zero;
    }
}
