using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Softmax of one contiguous row after another: the greatest m of scale·x, then y = e^(scale·(x − m)) and the sum in one pass, then y / Σ. Rows are short in
/// attention: the whole row is done at one width, the last vector overlapping the one before.
/// </summary>
internal unsafe struct SoftmaxRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x and y of [rows, n].</summary>
    public T* X, Y;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>A positive factor of x.</summary>
    public T Scale;

    /// <summary>What the result is multiplied by.</summary>
    public T Factor;

    /// <summary>For masks: row r reads its first r % Period + 1 elements, the others are 0. Period 0 is no mask.</summary>
    public int Period;

    public readonly void Run(int row)
    {
        T* x = X + ((long)row * N), y = Y + ((long)row * N);
        int n = Period == 0 ? N : Math.Min((row % Period) + 1, N);
        if (n < N) new Span<T>(y + n, N - n).Clear();
        if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count) Run<Lane512<T>>(x, y, n);
        else if (Vector256.IsHardwareAccelerated && n >= Vector256<T>.Count) Run<Lane256<T>>(x, y, n);
        else if (Vector128.IsHardwareAccelerated && n >= Vector128<T>.Count) Run<Lane128<T>>(x, y, n);
        else Run<One<T>>(x, y, n);
    }

    /// <summary>m and Σ e^(x − m) of a row; neither is written anywhere.</summary>
    public static (T Greatest, T Sum) Moments(T* x, int n)
    {
        if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count) return Moments<Lane512<T>>(x, n);
        if (Vector256.IsHardwareAccelerated && n >= Vector256<T>.Count) return Moments<Lane256<T>>(x, n);
        return Vector128.IsHardwareAccelerated && n >= Vector128<T>.Count ? Moments<Lane128<T>>(x, n) : Moments<One<T>>(x, n);
    }

    private readonly void Run<L>(T* x, T* y, int n) where L : struct, IVectorLane<L, T>
    {
        T greatest = ExponentialRow<T, L>.Greatest(x, n);
        ExponentialRow<T, L>.Multiply(y, n, Factor / ExponentialRow<T, L>.Exponentials(x, y, n, greatest, Scale));
    }

    private static (T Greatest, T Sum) Moments<L>(T* x, int n) where L : struct, IVectorLane<L, T>
    {
        T greatest = ExponentialRow<T, L>.Greatest(x, n);
        return (greatest, ExponentialRow<T, L>.Sum(x, n, greatest));
    }
}
