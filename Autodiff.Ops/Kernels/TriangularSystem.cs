using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Which triangle of a matrix is read, and how.</summary>
/// <param name="Lower">Whether it is the lower one.</param>
/// <param name="Transposed">Whether the transpose of the triangle is meant.</param>
/// <param name="UnitDiagonal">Whether the diagonal is taken as ones and not read.</param>
internal readonly record struct Triangle(bool Lower, bool Transposed, bool UnitDiagonal)
{
    /// <summary>Whether the first row of op(A) is the one with a single element.</summary>
    public bool FirstRowFirst => Lower != Transposed;
}

/// <summary>Solving op(A)·X = B for a triangular A, by substitution: block after block, with a matrix product for what is solved already.</summary>
internal static class TriangularSystem
{
    /// <summary>The rows of a block: enough for the product, few enough that the substitution inside does not count.</summary>
    private const int Side = 32;

    /// <summary>The first zero on the diagonal of A [n, n]; −1 if there is none.</summary>
    public static int Zero<T>(ReadOnlySpan<T> a, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
            if (a[(i * n) + i] == T.Zero) return i;
        return -1;
    }

    /// <summary>
    /// Writes X = op(A)⁻¹·B over B. A has n rows, the next one <paramref name="stride"/> elements on; x is [n, k]. The other triangle is not read; a zero on the
    /// diagonal divides.
    /// </summary>
    public static void Solve<T>(ReadOnlySpan<T> a, int stride, Span<T> x, int n, int k, Triangle triangle)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (k == 0) return;
        int blocks = (n + Side - 1) / Side;
        for (int b = 0; b < blocks; b++)
        {
            int start = (triangle.FirstRowFirst ? b : blocks - 1 - b) * Side, end = Math.Min(n, start + Side);
            (int from, int to) = triangle.FirstRowFirst ? (0, start) : (end, n);
            if (to > from)
            {
                ReadOnlySpan<T> block = triangle.Transposed ? Negated(a, stride, from, to, start, end) : Negated(a, stride, start, end, from, to);
                MatrixProduct.Multiply(block, Rows(x, from, to, k), Rows(x, start, end, k), end - start, to - from, k, triangle.Transposed, false, true);
            }

            SolveBlock(a, stride, x, start, end, k, triangle);
        }
    }

    private static void SolveBlock<T>(ReadOnlySpan<T> a, int stride, Span<T> x, int start, int end, int k, Triangle triangle)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> row = stackalloc T[Side];
        for (int step = 0; step < end - start; step++)
        {
            int i = triangle.FirstRowFirst ? start + step : end - 1 - step;
            (int from, int to) = triangle.FirstRowFirst ? (start, i) : (i + 1, end);
            for (int j = from; j < to; j++) row[j - from] = -(triangle.Transposed ? a[(j * stride) + i] : a[(i * stride) + j]);
            Span<T> solved = Rows(x, i, i + 1, k);
            if (to > from) MatrixProduct.Multiply(row[..(to - from)], Rows(x, from, to, k), solved, 1, to - from, k, false, false, true);
            if (!triangle.UnitDiagonal) TensorPrimitives.Divide(solved, a[(i * stride) + i], solved);
        }
    }

    private static ReadOnlySpan<T> Negated<T>(ReadOnlySpan<T> a, int stride, int row, int endRow, int column, int endColumn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = endColumn - column;
        Span<T> block = Workspace<T>.Block((endRow - row) * width);
        for (int i = row; i < endRow; i++) TensorPrimitives.Negate(a.Slice((i * stride) + column, width), block.Slice((i - row) * width, width));
        return block;
    }

    private static Span<T> Rows<T>(Span<T> x, int from, int to, int k) where T : unmanaged => x.Slice(from * k, (to - from) * k);
}
