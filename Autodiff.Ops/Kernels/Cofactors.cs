using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>The matrix of cofactors, C = det A · A⁻ᵀ, which exists for a singular A, too.</summary>
internal static class Cofactors
{
    /// <summary>Writes C [n, n].</summary>
    public static void Of<T>(ReadOnlySpan<T> a, Span<T> c, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (LuFactors.Invert(a, c, n, true) < 0) TensorPrimitives.Multiply(c, LuFactors.Product(a, n), c);
        else OfSingular(a, c, n);
    }

    /// <summary>
    /// With P·A·Q = L·U, both rows and columns exchanged, a singular U has its only zero at its end, or more of them and then C = 0. The transpose of C is
    /// Q·adj(U)·L⁻¹·P up to the exchanges' sign, and adj(U) has but one column, its last: det(U₁)·[−U₁⁻¹·u; 1].
    /// </summary>
    private static void OfSingular<T>(ReadOnlySpan<T> a, Span<T> c, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> f = Workspace<T>.Factors(n * n), vectors = Workspace<T>.Strip(2 * n);
        Span<int> swaps = Workspace<int>.Factors(2 * n);
        a.CopyTo(f);
        T product = T.One;
        for (int k = 0; k < n - 1; k++)
        {
            int place = Greatest(f, n, k);
            (int row, int column) = (place / n, place % n);
            (swaps[k], swaps[n + k]) = (row, column);
            for (int i = 0; i < n; i++) (f[(k * n) + i], f[(row * n) + i]) = (f[(row * n) + i], f[(k * n) + i]);
            for (int i = 0; i < n; i++) (f[(i * n) + k], f[(i * n) + column]) = (f[(i * n) + column], f[(i * n) + k]);
            T pivot = f[(k * n) + k];
            product *= (row != k) == (column != k) ? pivot : -pivot;
            if (pivot == T.Zero) break;
            for (int i = k + 1; i < n; i++)
            {
                T factor = f[(i * n) + k] /= pivot;
                for (int j = k + 1; j < n; j++) f[(i * n) + j] = T.MultiplyAddEstimate(-factor, f[(k * n) + j], f[(i * n) + j]);
            }
        }

        c.Clear();
        if (product == T.Zero) return;
        Span<T> rows = vectors[..n], columns = vectors[n..];
        rows.Clear();
        rows[n - 1] = columns[n - 1] = T.One;
        for (int i = 0; i < n - 1; i++) columns[i] = -f[(i * n) + n - 1];
        TriangularSystem.Solve(f, n, columns, n - 1, 1, new Triangle(false, false, false));
        TriangularSystem.Solve(f, n, rows, n, 1, new Triangle(true, true, true));
        for (int k = n - 2; k >= 0; k--)
        {
            (rows[k], rows[swaps[k]]) = (rows[swaps[k]], rows[k]);
            (columns[k], columns[swaps[n + k]]) = (columns[swaps[n + k]], columns[k]);
        }

        for (int i = 0; i < n; i++) TensorPrimitives.Multiply(columns, product * rows[i], c.Slice(i * n, n));
    }

    private static int Greatest<T>(ReadOnlySpan<T> f, int n, int k) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int place = (k * n) + k;
        for (int i = k; i < n; i++)
            for (int j = k; j < n; j++)
                if (T.Abs(f[(i * n) + j]) > T.Abs(f[place])) place = (i * n) + j;
        return place;
    }
}
