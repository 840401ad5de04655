using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>
/// The factors P·A = L·U with the greatest element of a column as its pivot: L below the diagonal (its own is ones), U on and above it, and for every row the
/// row that it was exchanged with.
/// </summary>
internal static class LuFactors
{
    private const int Side = 32;

    /// <summary>Rows of the rest that are reduced at once.</summary>
    private const int StripRows = 128;

    /// <summary>Factors A [n, n] in its place. Returns the first pivot that is zero, −1 if none is; a NaN is taken for the greatest, so that it goes on.</summary>
    public static int Factor<T>(Span<T> a, Span<int> swaps, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int singular = -1;
        for (int start = 0; start < n; start += Side)
        {
            int end = Math.Min(n, start + Side);
            int zero = FactorColumns(a, swaps, n, start, end);
            if (singular < 0) singular = zero;
            if (end < n) Reduce(a, n, start, end);
        }

        return singular;
    }

    /// <summary>Writes op(A)⁻¹·B over B [n, k], from the factors; a zero pivot divides.</summary>
    public static void Solve<T>(ReadOnlySpan<T> factors, ReadOnlySpan<int> swaps, Span<T> x, int n, int k, bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!transposed)
            for (int i = 0; i < n; i++) Swap(x, i, swaps[i], k);
        TriangularSystem.Solve(factors, n, x, n, k, transposed ? new Triangle(false, true, false) : new Triangle(true, false, true));
        TriangularSystem.Solve(factors, n, x, n, k, transposed ? new Triangle(true, true, true) : new Triangle(false, false, false));
        if (transposed)
            for (int i = n - 1; i >= 0; i--) Swap(x, i, swaps[i], k);
    }

    /// <summary>Writes A⁻¹ or A⁻ᵀ. Returns the first pivot that is zero, −1 if none is; a zero pivot divides.</summary>
    public static int Invert<T>(ReadOnlySpan<T> a, Span<T> inverse, int n, bool transposed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> factors = Workspace<T>.Factors(n * n);
        Span<int> swaps = Workspace<int>.Factors(n);
        a.CopyTo(factors);
        int singular = Factor(factors, swaps, n);
        inverse.Clear();
        for (int i = 0; i < n; i++) inverse[i * (n + 1)] = T.One;
        Solve(factors, swaps, inverse, n, n, transposed);
        return singular;
    }

    /// <summary>ln |det A| and the sign of det A (0 if it is zero).</summary>
    public static (T Sign, T Log) Determinant<T>(ReadOnlySpan<T> a, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> factors = Workspace<T>.Factors(n * n);
        Span<int> swaps = Workspace<int>.Factors(n);
        a.CopyTo(factors);
        Factor(factors, swaps, n);
        T sign = T.One, log = T.Zero;
        for (int i = 0; i < n; i++)
        {
            T pivot = factors[(i * n) + i];
            if (swaps[i] != i) sign = -sign;
            sign = T.IsNaN(pivot) ? pivot : pivot == T.Zero ? T.Zero : pivot < T.Zero ? -sign : sign;
            log += T.Log(T.Abs(pivot));
        }

        return (sign, log);
    }

    /// <summary>det A.</summary>
    public static T Product<T>(ReadOnlySpan<T> a, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> factors = Workspace<T>.Factors(n * n);
        Span<int> swaps = Workspace<int>.Factors(n);
        a.CopyTo(factors);
        Factor(factors, swaps, n);
        T product = T.One;
        for (int i = 0; i < n; i++) product *= swaps[i] != i ? -factors[(i * n) + i] : factors[(i * n) + i];
        return product;
    }

    private static int FactorColumns<T>(Span<T> a, Span<int> swaps, int n, int start, int end) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int singular = -1;
        for (int c = start; c < end; c++)
        {
            int best = c;
            T greatest = T.Abs(a[(c * n) + c]);
            for (int r = c + 1; r < n; r++)
            {
                T size = T.Abs(a[(r * n) + c]);
                if (size > greatest || (T.IsNaN(size) && !T.IsNaN(greatest))) (best, greatest) = (r, size);
            }

            swaps[c] = best;
            Swap(a, c, best, n);
            if (greatest == T.Zero)
            {
                // nothing to eliminate below
                if (singular < 0) singular = c;
                continue;
            }

            ReadOnlySpan<T> pivotRow = a.Slice((c * n) + c, end - c);
            for (int r = c + 1; r < n; r++)
            {
                Span<T> row = a.Slice((r * n) + c, end - c);
                T factor = row[0] /= pivotRow[0];
                if (end - c > 1) TensorPrimitives.MultiplyAddEstimate(pivotRow[1..], -factor, row[1..], row[1..]);
            }
        }

        return singular;
    }

    /// <summary>U₁₂ = L₁₁⁻¹·A₁₂ and A₂₂ −= L₂₁·U₁₂.</summary>
    private static void Reduce<T>(Span<T> a, int n, int start, int end) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int side = end - start, width = n - end;
        Span<T> upper = Workspace<T>.Strip((side + Math.Min(StripRows, width)) * width);
        Span<T> products = upper[(side * width)..], strip = Workspace<T>.Product(StripRows * side);
        upper = upper[..(side * width)];
        for (int i = 0; i < side; i++) a.Slice(((start + i) * n) + end, width).CopyTo(upper.Slice(i * width, width));
        TriangularSystem.Solve(a[((start * n) + start)..], n, upper, side, width, new Triangle(true, false, true));
        for (int i = 0; i < side; i++) upper.Slice(i * width, width).CopyTo(a.Slice(((start + i) * n) + end, width));
        for (int row = end; row < n; row += StripRows)
        {
            int rows = Math.Min(StripRows, n - row);
            for (int i = 0; i < rows; i++) a.Slice(((row + i) * n) + start, side).CopyTo(strip.Slice(i * side, side));
            MatrixProduct.Multiply(strip, upper, products, rows, side, width, false, false, false);
            for (int i = 0; i < rows; i++)
            {
                Span<T> rest = a.Slice(((row + i) * n) + end, width);
                TensorPrimitives.Subtract(rest, products.Slice(i * width, width), rest);
            }
        }
    }

    private static void Swap<T>(Span<T> x, int i, int j, int k) where T : unmanaged
    {
        if (i == j) return;
        Span<T> a = x.Slice(i * k, k), b = x.Slice(j * k, k);
        for (int c = 0; c < k; c++) (a[c], b[c]) = (b[c], a[c]);
    }
}
