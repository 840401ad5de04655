using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Rows brought to mean 0 and variance 1: x, y [rows, n].</summary>
internal static class Rows
{
    /// <summary>y = (x − μ)·r, with the mean μ of each row and r = 1 / √(σ² + ε); σ² from the centred numbers, so that a large mean costs no digits.</summary>
    public static void Standardise<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int n, T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            Span<T> row = y.Slice(i * n, n);
            TensorPrimitives.Multiply(row, Centre(x.Slice(i * n, n), row, epsilon), row);
        }
    }

    /// <summary>r = 1 / √(σ² + ε) of each row.</summary>
    public static void ReciprocalDeviations<T>(ReadOnlySpan<T> x, Span<T> r, int n, T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] rented = System.Buffers.ArrayPool<T>.Shared.Rent(n);
        for (int i = 0; i < r.Length; i++) r[i] = Centre(x.Slice(i * n, n), rented.AsSpan(0, n), epsilon);
        System.Buffers.ArrayPool<T>.Shared.Return(rented);
    }

    // the centred row, and its r
    private static T Centre<T>(ReadOnlySpan<T> x, Span<T> centred, T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T n = T.CreateTruncating(x.Length);
        TensorPrimitives.Subtract(x, Summation.Sum(x) / n, centred);
        return T.One / T.Sqrt((Summation.Dot<T>(centred, centred) / n) + epsilon);
    }
}
