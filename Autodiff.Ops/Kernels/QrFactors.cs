using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>The factors A = Q·R by reflections: Q with orthonormal columns, R upper with a diagonal that is not negative.</summary>
internal static unsafe class QrFactors
{
    /// <summary>Writes Q [m, n] and R [n, n] of A [m, n], m ≥ n.</summary>
    public static void Factor<T>(ReadOnlySpan<T> a, Span<T> q, Span<T> r, int m, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 0) return;

        // the columns of A, then those of Q, as rows
        Span<T> columns = Workspace<T>.Factors(n * m), basis = Workspace<T>.Strip(n * m), taus = Workspace<T>.Product(n);
        fixed (T* source = a, target = columns) Transposition.Run(source, n, target, m, m, n);
        r.Clear();
        for (int k = 0; k < n; k++)
        {
            Span<T> v = columns.Slice((k * m) + k, m - k);
            (taus[k], r[(k * n) + k]) = Reflections.Make(v);
            for (int j = k + 1; j < n; j++)
            {
                Reflections.Apply(v, taus[k], columns.Slice((j * m) + k, m - k));
                r[(k * n) + j] = columns[(j * m) + k];
            }
        }

        basis.Clear();
        for (int k = n - 1; k >= 0; k--)
        {
            basis[(k * m) + k] = T.One;
            for (int j = k; j < n; j++) Reflections.Apply(columns.Slice((k * m) + k, m - k), taus[k], basis.Slice((j * m) + k, m - k));
        }

        for (int k = 0; k < n; k++)
        {
            if (!(r[(k * n) + k] < T.Zero)) continue;
            Span<T> row = r.Slice((k * n) + k, n - k), column = basis.Slice(k * m, m);
            TensorPrimitives.Negate(row, row);
            TensorPrimitives.Negate(column, column);
        }

        fixed (T* source = basis, target = q) Transposition.Run(source, m, target, n, n, m);
    }
}
