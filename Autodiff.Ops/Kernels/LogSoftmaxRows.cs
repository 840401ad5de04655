using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The logarithm of the softmax of one contiguous row after another, y = (x − m) − ln Σ e^(x − m), m the greatest of the row.</summary>
internal unsafe struct LogSoftmaxRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x and y of [rows, n].</summary>
    public T* X, Y;

    /// <summary>The length of a row.</summary>
    public int N;

    public readonly void Run(int row)
    {
        T* x = X + ((long)row * N);
        (T greatest, T logarithm) = Sum(x, N);
        SubtractStep step = new() { X = x, Y = Y + ((long)row * N), Greatest = greatest, Logarithm = logarithm };
        RowLanes.Run<T, SubtractStep>(ref step, N);
    }

    /// <summary>m and ln Σ e^(x − m), two numbers: their sum would round away the digits of the second where m is large.</summary>
    public static (T Greatest, T Logarithm) Sum(T* x, int n)
    {
        (T greatest, T sum) = SoftmaxRows<T>.Moments(x, n);
        return (greatest, Log.Primal(new One<T>(sum)).Value);
    }

    private struct SubtractStep : IRowStep<T>
    {
        public T* X, Y;
        public T Greatest, Logarithm;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>
        {
            L m = L.Broadcast(Greatest), s = L.Broadcast(Logarithm);
            for (; i + L.Count <= n; i += L.Count) L.Store(L.Load(X + i) - m - s, Y + i);
            return i;
        }
    }
}
