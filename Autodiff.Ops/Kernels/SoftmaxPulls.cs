using System.Numerics;
using System.Runtime.CompilerServices;

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
            if (n > 0) SharedRows.Run(work, outer, n * inner);
        }
    }

    /// <summary>x (+)= w − e^y·Σ w.</summary>
    public static void LogSoftmax<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> w, Span<T> x, int outer, int n, int inner, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y, pw = w, px = x)
        {
            Lanes<T> work = new() { Y = py, W = pw, X = px, N = n, Inner = inner, Scale = T.One, Adds = adds, Logarithm = true };
            if (n > 0) SharedRows.Run(work, outer, n * inner);
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
            if (Inner == 1)
            {
                SumStep<T> sum = new() { Y = Y + at, W = W + at, Logarithm = Logarithm };
                RowLanes.Sum<T, SumStep<T>>(ref sum, N);
                RowStep<T> step = new() { Y = Y + at, W = W + at, X = X + at, Sum = sum.Sum, Scale = Scale, Adds = Adds, Logarithm = Logarithm };
                RowLanes.Run<T, RowStep<T>>(ref step, N);
            }
            else
            {
                ColumnStep<T> step = new() { Y = Y + at, W = W + at, X = X + at, N = N, Inner = Inner, Scale = Scale, Adds = Adds, Logarithm = Logarithm };
                RowLanes.Run<T, ColumnStep<T>>(ref step, Inner);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Masked<L>(L w, L factor) where L : struct, ILane<L> => L.IfEqual(w, L.Of(0), w, w * factor);

    private struct SumStep<T> : IRowStep<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Y, W;
        public T Sum;
        public bool Logarithm;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L sum = L.Of(0);
            if (Logarithm) for (; i + L.Count <= n; i += L.Count) sum += L.Load(W + i);
            else for (; i + L.Count <= n; i += L.Count) sum += Masked(L.Load(W + i), L.Load(Y + i));
            Sum += L.Sum(sum);
            return i;
        }
    }

    private struct RowStep<T> : IRowStep<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Y, W, X;
        public T Sum, Scale;
        public bool Adds, Logarithm;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L sum = L.Broadcast(Sum), scale = L.Broadcast(Scale), zero = L.Of(0);
            for (; i + L.Count <= n; i += L.Count)
            {
                L y = L.Load(Y + i), w = L.Load(W + i);
                L x = Logarithm ? w - Masked(sum, Exp.Primal(y)) : scale * Masked(w - sum, y);
                L.Store((Adds ? L.Load(X + i) : zero) + x, X + i);
            }

            return i;
        }
    }

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
