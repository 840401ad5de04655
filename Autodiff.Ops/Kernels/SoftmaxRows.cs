using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Softmax of one contiguous row after another: the greatest, then y = e^(scale·(x − m)) and the sum in one pass, then y / Σ.
/// </summary>
internal unsafe struct SoftmaxRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x and y of [rows, n].</summary>
    public T* X, Y;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>A positive factor of x.</summary>
    public T Scale;

    /// <summary>What the result is multiplied by, if it is not 0.</summary>
    public T Factor;

    /// <summary>For masks: row r reads its first r % Period + 1 elements, the others are 0. Period 0 is no mask.</summary>
    public int Period;

    public readonly void Run(int row)
    {
        T* x = X + ((long)row * N), y = Y + ((long)row * N);
        int n = Period == 0 ? N : Math.Min((row % Period) + 1, N);
        new Span<T>(y + n, N - n).Clear();
        if (n == 0) return;
        T sum = Exponentials(x, y, n, Greatest(x, n), Scale);
        MultiplyStep multiply = new() { Y = y, Factor = (Factor == T.Zero ? T.One : Factor) / sum };
        RowLanes.Run<T, MultiplyStep>(ref multiply, n);
    }

    /// <summary>The greatest of a row. A NaN that is not first is passed over: it shows in the sum.</summary>
    public static T Greatest(T* x, int n)
    {
        GreatestStep step = new() { X = x, Best = *x };
        RowLanes.Run<T, GreatestStep>(ref step, n);
        return step.Best;
    }

    /// <summary>y = e^(scale·(x − m)) by the formula of the elementwise exponential; returns Σ y. Without y only the sum.</summary>
    public static T Exponentials(T* x, T* y, int n, T m, T scale)
    {
        ExponentialStep step = new() { X = x, Y = y, M = m, Scale = scale };
        RowLanes.Sum<T, ExponentialStep>(ref step, n);
        return step.Sum;
    }

    private struct GreatestStep : IRowStep<T>
    {
        public T* X;
        public T Best;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L best = L.Broadcast(Best);
            for (; i + L.Count <= n; i += L.Count)
            {
                L x = L.Load(X + i);
                best = L.IfGreater(x, best, x, best);
            }

            T* all = stackalloc T[16];
            L.Store(best, all);
            for (int k = 0; k < L.Count; k++)
                if (all[k] > Best) Best = all[k];
            return i;
        }
    }

    private struct ExponentialStep : IRowStep<T>
    {
        public T* X, Y;
        public T M, Scale, Sum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L m = L.Broadcast(M), scale = L.Broadcast(Scale), sum = L.Of(0);
            for (; i + L.Count <= n; i += L.Count)
            {
                L y = Exp.Primal(scale * (L.Load(X + i) - m));
                sum += y;
                if (Y is not null) L.Store(y, Y + i);
            }

            Sum += L.Sum(sum);
            return i;
        }
    }

    private struct MultiplyStep : IRowStep<T>
    {
        public T* Y;
        public T Factor;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L factor = L.Broadcast(Factor);
            for (; i + L.Count <= n; i += L.Count) L.Store(factor * L.Load(Y + i), Y + i);
            return i;
        }
    }
}
