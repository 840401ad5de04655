using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>The factor L of L·Lᵀ = (A + Aᵀ)/2, lower with a positive diagonal, by blocks of rows.</summary>
internal static unsafe class CholeskyFactor
{
    private const int Side = 32;

    /// <summary>Below so many elements a loop is faster than a call.</summary>
    private const int Short = 6;

    /// <summary>Writes L [n, n], zeros above the diagonal. Returns the first pivot that is not positive (L is unfinished then), −1 if all are; a NaN goes on.</summary>
    public static int Factor<T>(ReadOnlySpan<T> a, Span<T> l, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) l[(i * n) + j] = (half * a[(i * n) + j]) + (half * a[(j * n) + i]);
            l.Slice((i * n) + i + 1, n - i - 1).Clear();
        }

        for (int start = 0; start < n; start += Side)
        {
            int rows = Math.Min(Side, n - start);
            if (start > 0) Reduce(l, n, start, rows);
            int failed = FactorBlock(l, n, start, rows);
            if (failed >= 0) return failed;
        }

        return -1;
    }

    /// <summary>L's rows left of a block on the diagonal, from L₁₁·L₂₁ᵀ = A₂₁ᵀ, and what remains of the block: A₂₂ − L₂₁·L₂₁ᵀ.</summary>
    private static void Reduce<T>(Span<T> l, int n, int start, int rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> strip = Workspace<T>.Strip(start * rows), square = Workspace<T>.Product(rows * rows);
        fixed (T* source = l, target = strip) Transposition.Run(source + ((nint)start * n), n, target, rows, rows, start);
        TriangularSystem.Solve(l, n, strip, start, rows, new Triangle(true, false, false));
        fixed (T* source = strip, target = l) Transposition.Run(source, rows, target + ((nint)start * n), n, start, rows);
        MatrixProduct.Multiply(strip, strip, square, rows, start, rows, true, false, false);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j <= i; j++) l[((start + i) * n) + start + j] -= square[(i * rows) + j];
    }

    private static int FactorBlock<T>(Span<T> l, int n, int start, int rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            Span<T> row = l.Slice(((start + i) * n) + start, rows);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<T> other = l.Slice(((start + j) * n) + start, rows);
                T rest = row[j];
                if (j >= Short) rest -= TensorPrimitives.Dot<T>(row[..j], other[..j]);
                else for (int k = 0; k < j; k++) rest = T.MultiplyAddEstimate(-row[k], other[k], rest);
                if (j < i) row[j] = rest / other[j];
                else if (rest <= T.Zero) return start + i;
                else row[i] = T.Sqrt(rest);
            }
        }

        return -1;
    }
}
