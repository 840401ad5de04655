using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// Rows of class scores x [rows, n] against the place of each row's true class: y = ln Σ e^(x − m) − (x[place] − m), m the greatest of the row; or, for
/// weights w [rows], z = w·(softmax x − the place's unit vector), zero where w is, whatever x is.
/// </summary>
internal unsafe struct CrossEntropyRows<T> : IRows where T : unmanaged, IFloatingPointIeee754<T>
{
    public T* X;

    /// <summary>Places row-major through the whole of x.</summary>
    public int* Places;

    /// <summary>The length of a row.</summary>
    public int N;

    /// <summary>The result [rows], if it is wanted.</summary>
    public T* Y;

    /// <summary>Else the weights [rows] and the result [rows, n].</summary>
    public T* W, Z;

    public readonly void Run(int row)
    {
        T* x = X + ((long)row * N);
        if (Y is not null)
        {
            (T greatest, T logarithm) = LogSoftmaxRows<T>.Sum(x, N);
            Y[row] = logarithm - (X[Places[row]] - greatest);
            return;
        }

        Span<T> z = new(Z + ((long)row * N), N);
        if (W[row] == T.Zero)
        {
            z.Clear();
            return;
        }

        new SoftmaxRows<T> { X = x, Y = Z + ((long)row * N), N = N, Scale = T.One, Factor = W[row] }.Run(0);
        Z[Places[row]] -= W[row];
    }
}
