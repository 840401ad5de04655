using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>eᴬ of a matrix, by Padé's approximant of degree 13 of A/2ˢ and s squarings.</summary>
internal static class Exponentials
{
    private const int Degree = 13;

    /// <summary>Up to this 1-norm the approximant, and its derivative, is right to double precision: ℓ₁₃ in table 6.1 of Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 30 (2009).</summary>
    private const double Limit = 4.74;

    // c_j = (26 − j)!·13! / (26!·j!·(13 − j)!): the numerator's, the denominator's with signs that alternate
    private static readonly double[] Coefficients = Padé();

    /// <summary>Writes eᴬ, A [n, n]; s is chosen by the first <paramref name="block"/> rows and columns, what norm the others have does not count.</summary>
    public static void Run<T>(ReadOnlySpan<T> a, Span<T> y, int n, int block) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = n * n;
        T[] rented = ArrayPool<T>.Shared.Rent(6 * size);
        Span<T> x = rented.AsSpan(0, size), second = rented.AsSpan(size, size), fourth = rented.AsSpan(2 * size, size), sixth = rented.AsSpan(3 * size, size);
        Span<T> u = rented.AsSpan(4 * size, size), v = rented.AsSpan(5 * size, size);
        double norm = Norm(a, n, block);
        int squarings = norm > Limit && double.IsFinite(norm) ? Math.Max(0, (int)Math.Ceiling(Math.Log2(norm / Limit))) : 0;
        TensorPrimitives.Multiply(a, T.ScaleB(T.One, -squarings), x);
        Multiply(x, x, second, n);
        Multiply(second, second, fourth, n);
        Multiply(second, fourth, sixth, n);

        // even and odd powers: v and x·u; eᴬ = (v − xu)⁻¹·(v + xu)
        Combine(y, second, fourth, sixth, 13, 11, 9, -1, n);
        Multiply(sixth, y, u, n);
        Combine(y, second, fourth, sixth, 7, 5, 3, 1, n);
        TensorPrimitives.Add(u, y, y);
        Multiply(x, y, u, n);
        Combine(y, second, fourth, sixth, 12, 10, 8, -1, n);
        Multiply(sixth, y, v, n);
        Combine(y, second, fourth, sixth, 6, 4, 2, 0, n);
        TensorPrimitives.Add(v, y, v);
        TensorPrimitives.Subtract(v, u, x);
        TensorPrimitives.Add(v, u, y);
        Span<int> swaps = Workspace<int>.Factors(n);
        LuFactors.Factor(x, swaps, n);
        LuFactors.Solve(x, swaps, y, n, n, false);
        for (int i = 0; i < squarings; i++)
        {
            Multiply(y, y, x, n);
            x.CopyTo(y);
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => MatrixProduct.Multiply(a, b, c, n, n, n, false, false, false);

    /// <summary>c₆·A⁶ + c₄·A⁴ + c₂·A² + c₀·I, the coefficients by their number; −1 for none.</summary>
    private static void Combine<T>(Span<T> y, ReadOnlySpan<T> second, ReadOnlySpan<T> fourth, ReadOnlySpan<T> sixth, int c6, int c4, int c2, int c0, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Multiply(sixth, T.CreateTruncating(Coefficients[c6]), y);
        TensorPrimitives.MultiplyAddEstimate(fourth, T.CreateTruncating(Coefficients[c4]), y, y);
        TensorPrimitives.MultiplyAddEstimate(second, T.CreateTruncating(Coefficients[c2]), y, y);
        for (int i = 0; i < n && c0 >= 0; i++) y[i * (n + 1)] += T.CreateTruncating(Coefficients[c0]);
    }

    /// <summary>The greatest sum of magnitudes in a column of the first block.</summary>
    private static double Norm<T>(ReadOnlySpan<T> a, int n, int block) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double greatest = 0;
        for (int j = 0; j < block; j++)
        {
            double sum = 0;
            for (int i = 0; i < block; i++) sum += double.CreateTruncating(T.Abs(a[(i * n) + j]));
            greatest = Math.Max(greatest, sum);
        }

        return greatest;
    }

    private static double[] Padé()
    {
        double[] c = new double[Degree + 1];
        c[0] = 1;
        for (int j = 1; j <= Degree; j++) c[j] = c[j - 1] * (Degree + 1 - j) / (j * ((2 * Degree) + 1 - j));
        return c;
    }
}
