using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The symmetric matrix r·(1 − 1·1ᵀ/n − y·yᵀ/n) of a row brought to mean 0 and variance 1 (<see cref="NormalisedRows{T}"/>) times w:
/// out (+)= r·(w − mean w − y·mean(w·y)). A row of w that is all zero gives zero whatever x is.
/// </summary>
internal unsafe struct NormalisedRowPulls<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x, w and the result, [rows, n].</summary>
    public T* X, W, Result;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>ε.</summary>
    public T Epsilon;

    /// <summary>Whether the result is added to.</summary>
    public bool Adds;

    public readonly void Run(int row)
    {
        long at = (long)row * N;
        if (!new ReadOnlySpan<T>(W + at, N).ContainsAnyExcept(T.Zero))
        {
            if (!Adds) new Span<T>(Result + at, N).Clear();
            return;
        }

        (T mean, T r) = NormalisedRows<T>.Moments(X + at, N, Epsilon);
        SumStep sums = new() { X = X + at, W = W + at, Mean = mean, R = r };
        RowLanes.Sum<T, SumStep>(ref sums, N);
        T count = T.CreateTruncating(N);
        Step step = new() { X = X + at, W = W + at, Result = Result + at, Mean = mean, R = r, MeanW = sums.W1 / count, MeanWY = sums.WY / count, Adds = Adds };
        RowLanes.Run<T, Step>(ref step, N);
    }

    private struct SumStep : IRowStep<T>
    {
        public T* X, W;
        public T Mean, R, W1, WY;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L mean = L.Broadcast(Mean), r = L.Broadcast(R), w1 = L.Of(0), wy = w1;
            for (; i + L.Count <= n; i += L.Count)
            {
                L w = L.Load(W + i);
                w1 += w;
                wy = L.FusedMultiplyAdd(w, (L.Load(X + i) - mean) * r, wy);
            }

            W1 += L.Sum(w1);
            WY += L.Sum(wy);
            return i;
        }
    }

    private struct Step : IRowStep<T>
    {
        public T* X, W, Result;
        public T Mean, R, MeanW, MeanWY;
        public bool Adds;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L mean = L.Broadcast(Mean), r = L.Broadcast(R), meanW = L.Broadcast(MeanW), meanWY = L.Broadcast(MeanWY), zero = L.Of(0);
            for (; i + L.Count <= n; i += L.Count)
            {
                L w = L.Load(W + i), y = (L.Load(X + i) - mean) * r;
                L.Store((Adds ? L.Load(Result + i) : zero) + ((w - meanW - (y * meanWY)) * r), Result + i);
            }

            return i;
        }
    }
}
