using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Rows brought to mean 0 and variance 1, x [rows, n]: y = (x − μ)·r, with the mean μ of each row and r = 1 / √(σ² + ε); σ² is taken from the centred
/// numbers, so that a large mean costs no digits.
/// </summary>
internal unsafe struct NormalisedRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x, and where they are wanted y [rows, n], times a gain and plus a bias [n] where there are, and r [rows].</summary>
    public T* X, Y, Gain, Bias, R;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>ε.</summary>
    public T Epsilon;

    public readonly void Run(int row)
    {
        T* x = X + ((long)row * N);
        (T mean, T r) = Moments(x, N, Epsilon);
        if (R is not null) R[row] = r;
        if (Y is null) return;
        Step step = new() { X = x, Y = Y + ((long)row * N), Gain = Gain, Bias = Bias, Mean = mean, R = r };
        RowLanes.Run<T, Step>(ref step, N);
    }

    /// <summary>μ and r of a row.</summary>
    public static (T Mean, T R) Moments(T* x, int n, T epsilon)
    {
        T count = T.CreateTruncating(n), mean = Summation.Sum(new ReadOnlySpan<T>(x, n)) / count;
        SquareStep step = new() { X = x, Mean = mean };
        RowLanes.Sum<T, SquareStep>(ref step, n);
        return (mean, T.One / T.Sqrt((step.Sum / count) + epsilon));
    }

    private struct SquareStep : IRowStep<T>
    {
        public T* X;
        public T Mean, Sum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L mean = L.Broadcast(Mean), s = L.Of(0), t = s;
            for (; i + (2 * L.Count) <= n; i += 2 * L.Count)
            {
                L a = L.Load(X + i) - mean, b = L.Load(X + i + L.Count) - mean;
                s = L.FusedMultiplyAdd(a, a, s);
                t = L.FusedMultiplyAdd(b, b, t);
            }

            for (; i + L.Count <= n; i += L.Count)
            {
                L a = L.Load(X + i) - mean;
                s = L.FusedMultiplyAdd(a, a, s);
            }

            Sum += L.Sum(s + t);
            return i;
        }
    }

    private struct Step : IRowStep<T>
    {
        public T* X, Y, Gain, Bias;
        public T Mean, R;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L mean = L.Broadcast(Mean), r = L.Broadcast(R);
            if (Gain is null)
            {
                for (; i + L.Count <= n; i += L.Count) L.Store((L.Load(X + i) - mean) * r, Y + i);
                return i;
            }

            for (; i + L.Count <= n; i += L.Count) L.Store(L.FusedMultiplyAdd((L.Load(X + i) - mean) * r, L.Load(Gain + i), L.Load(Bias + i)), Y + i);
            return i;
        }
    }
}
