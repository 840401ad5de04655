using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Rows brought to mean 0 and variance 1, x [rows, n]: y = (x − μ)·r, with the mean μ of each row and r = 1 / √(σ² + ε); σ² is taken from the centred
/// numbers, so that a large mean costs no digits. Or, for weights w [rows, n], the symmetric matrix that belongs to it times w:
/// z (+)= r·(w − mean w − y·mean(w·y)); a row of w that is all zero gives zero whatever x is.
/// </summary>
internal unsafe struct NormalisedRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x, and where they are wanted y [rows, n], times a gain and plus a bias [n] where there are, and r [rows].</summary>
    public T* X, Y, Gain, Bias, R;

    /// <summary>The weights and the result, if that is wanted.</summary>
    public T* W, Z;

    /// <summary>Whether z is added to.</summary>
    public bool Adds;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>ε.</summary>
    public T Epsilon;

    public readonly void Run(int row)
    {
        if (Vector512.IsHardwareAccelerated && N >= Vector512<T>.Count) Run<Lane512<T>>(row);
        else if (Vector256.IsHardwareAccelerated && N >= Vector256<T>.Count) Run<Lane256<T>>(row);
        else if (Vector128.IsHardwareAccelerated && N >= Vector128<T>.Count) Run<Lane128<T>>(row);
        else Run<One<T>>(row);
    }

    private readonly void Run<L>(int row) where L : struct, IVectorLane<L, T>
    {
        long at = (long)row * N;
        if (W is not null && !new ReadOnlySpan<T>(W + at, N).ContainsAnyExcept(T.Zero))
        {
            if (!Adds) new Span<T>(Z + at, N).Clear();
            return;
        }

        T* x = X + at;
        (T mean, T r) = NormalisedRow<T, L>.Moments(x, N, Epsilon);
        if (R is not null) R[row] = r;
        if (Y is not null)
        {
            int done = NormalisedRow<T, L>.Apply(x, Y + at, Gain, Bias, mean, r, 0, N);
            if (done < N) NormalisedRow<T, One<T>>.Apply(x, Y + at, Gain, Bias, mean, r, done, N);
        }

        if (W is not null)
        {
            T n = T.CreateTruncating(N);
            (T w, T wy) = NormalisedRow<T, L>.Weights(x, W + at, N, mean, r);
            NormalisedMoments<T> moments = new(mean, r, w / n, wy / n);
            int done = NormalisedRow<T, L>.Transpose(x, W + at, Z + at, moments, Adds, 0, N);
            if (done < N) NormalisedRow<T, One<T>>.Transpose(x, W + at, Z + at, moments, Adds, done, N);
        }
    }
}
