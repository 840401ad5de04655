using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// The symmetric matrix diag(y) − y·yᵀ of a softmax times w, lane by lane along the middle axis of [outer, n, inner]: x (+)= y·(w − Σ w·y);
/// and the like for the logarithm of a softmax: x (+)= w − e^y·Σ w. A product with a zero w is zero whatever y is.
/// </summary>
internal static unsafe class SoftmaxPulls
{
    /// <summary>x (+)= scale·y·(w − Σ w·y).</summary>
    public static void Softmax<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> w, Span<T> x, int outer, int n, int inner, T scale, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y, pw = w, px = x)
        {
            Lanes<T> work = new() { Y = py, W = pw, X = px, N = n, Inner = inner, Scale = scale, Adds = adds };
            if (n > 0 && inner > 0) SharedRows.Run(work, outer, n * inner);
        }
    }

    /// <summary>x (+)= w − e^y·Σ w.</summary>
    public static void LogSoftmax<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> w, Span<T> x, int outer, int n, int inner, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y, pw = w, px = x)
        {
            Lanes<T> work = new() { Y = py, W = pw, X = px, N = n, Inner = inner, Scale = T.One, Adds = adds, Logarithm = true };
            if (n > 0 && inner > 0) SharedRows.Run(work, outer, n * inner);
        }
    }

    private struct Lanes<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Y, W, X;
        public int N, Inner;
        public T Scale;
        public bool Adds, Logarithm;

        public readonly void Run(int row)
        {
            long at = (long)row * N * Inner;
            if (Inner > 1)
            {
                ColumnStep<T> step = new() { Y = Y + at, W = W + at, X = X + at, N = N, Inner = Inner, Scale = Scale, Adds = Adds, Logarithm = Logarithm };
                RowLanes.Run<T, ColumnStep<T>>(ref step, Inner);
            }
            else if (Vector512.IsHardwareAccelerated && N >= Vector512<T>.Count) Row<Lane512<T>>(Y + at, W + at, X + at);
            else if (Vector256.IsHardwareAccelerated && N >= Vector256<T>.Count) Row<Lane256<T>>(Y + at, W + at, X + at);
            else if (Vector128.IsHardwareAccelerated && N >= Vector128<T>.Count) Row<Lane128<T>>(Y + at, W + at, X + at);
            else Row<One<T>>(Y + at, W + at, X + at);
        }

        // a row at one width, and what is left of it number by number
        private readonly void Row<L>(T* y, T* w, T* x) where L : struct, IVectorLane<L, T>
        {
            T sum = T.Zero;
            for (int i = 0, end; i < N; i = end)
            {
                end = Math.Min(N, i + (256 * L.Count)); // 256 numbers one after the other, then the sums of blocks
                sum += Sum<L>(y, w, i, end, Logarithm);
            }

            int done = Apply<L>(y, w, x, sum, 0, N, Scale, Adds, Logarithm);
            if (done < N) Apply<One<T>>(y, w, x, sum, done, N, Scale, Adds, Logarithm);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static T Sum<L>(T* y, T* w, int i, int n, bool logarithm) where L : struct, IVectorLane<L, T>
        {
            L sum = L.Of(0);
            if (logarithm) for (; i + L.Count <= n; i += L.Count) sum += L.Load(w + i);
            else for (; i + L.Count <= n; i += L.Count) sum += Masked(L.Load(w + i), L.Load(y + i));
            T total = L.Sum(sum);
            for (; i < n; i++) total += logarithm ? w[i] : Masked(new One<T>(w[i]), new One<T>(y[i])).Value;
            return total;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static int Apply<L>(T* y, T* w, T* x, T sum, int i, int n, T scale, bool adds, bool logarithm) where L : struct, IVectorLane<L, T>
        {
            L s = L.Broadcast(sum), factor = L.Broadcast(scale), zero = L.Of(0);
            for (; i + L.Count <= n; i += L.Count)
            {
                L a = L.Load(w + i), b = L.Load(y + i), z = logarithm ? a - Masked(s, Exp.Primal(b)) : factor * Masked(a - s, b);
                L.Store((adds ? L.Load(x + i) : zero) + z, x + i);
            }

            return i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Masked<L>(L w, L factor) where L : struct, ILane<L> => L.IfEqual(w, L.Of(0), w, w * factor);

    // a lane of numbers here is as many lanes of the softmax
    private struct ColumnStep<T> : IRowStep<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Y, W, X;
        public int N, Inner;
        public T Scale;
        public bool Adds, Logarithm;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L scale = L.Broadcast(Scale), zero = L.Of(0);
            for (; i + L.Count <= n; i += L.Count)
            {
                L sum = zero;
                long at = i;
                for (int k = 0; k < N; k++, at += Inner) sum += Logarithm ? L.Load(W + at) : Masked(L.Load(W + at), L.Load(Y + at));
                at = i;
                for (int k = 0; k < N; k++, at += Inner)
                {
                    L y = L.Load(Y + at), w = L.Load(W + at);
                    L x = Logarithm ? w - Masked(sum, Exp.Primal(y)) : scale * Masked(w - sum, y);
                    L.Store((Adds ? L.Load(X + at) : zero) + x, X + at);
                }
            }

            return i;
        }
    }
}
