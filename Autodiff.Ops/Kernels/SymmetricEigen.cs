using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Eigenvalues and eigenvectors of (A + Aᵀ)/2: reflections to three diagonals, then rotations by the QR iteration with Wilkinson's shift.</summary>
internal static class SymmetricEigen
{
    /// <summary>The rotations' sweeps that a value may take on average; two are usual.</summary>
    private const int Patience = 40;

    /// <summary>
    /// Writes the values [n], ascending, and the vectors [n, n], one a column, each with a sign that makes its element of the greatest magnitude positive. Returns
    /// the place at which the iteration did not end, −1 if it did. Anything that is not finite makes all results NaN.
    /// </summary>
    public static int Factor<T>(ReadOnlySpan<T> a, Span<T> values, Span<T> vectors, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 0) return -1;
        Span<T> work = Workspace<T>.Factors(n * n), rows = Workspace<T>.Strip(n * n), extra = Workspace<T>.Product(3 * n);
        T half = T.CreateTruncating(0.5), largest = T.Abs(TensorPrimitives.MaxMagnitude(a));
        if (!T.IsFinite(largest))
        {
            values.Fill(T.NaN);
            vectors.Fill(T.NaN);
            return -1;
        }

        // by a power of two, so that squares neither overflow nor vanish
        T scale = largest == T.Zero ? T.One : T.ScaleB(T.One, -T.ILogB(largest));
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) work[(i * n) + j] = (half * scale * a[(i * n) + j]) + (half * scale * a[(j * n) + i]);
        Span<T> beside = extra[..n];
        Tridiagonal(work, rows, values, beside, extra[n..], n);
        int failed = Iterate(values, beside, rows, n);
        TensorPrimitives.Divide(values, scale, values);
        Sort(values, rows, vectors, n);
        return failed;
    }

    /// <summary>A = Q·T·Qᵀ: the diagonals of T, and Qᵀ by its rows.</summary>
    private static void Tridiagonal<T>(Span<T> a, Span<T> rows, Span<T> diagonal, Span<T> beside, Span<T> extra, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> taus = extra[..n], product = extra[n..];
        for (int k = 0; k < n - 1; k++)
        {
            Span<T> v = a.Slice((k * n) + k + 1, n - k - 1), w = product[..v.Length];
            (taus[k], beside[k]) = Reflections.Make(v);
            diagonal[k] = a[k * (n + 1)];
            if (taus[k] == T.Zero) continue;

            // the rest B becomes B − v·wᵀ − w·vᵀ, w = p − (τ/2)·(pᵀ·v)·v, p = τ·B·v
            for (int i = 0; i < v.Length; i++) w[i] = taus[k] * TensorPrimitives.Dot<T>(a.Slice(((k + 1 + i) * n) + k + 1, v.Length), v);
            TensorPrimitives.MultiplyAddEstimate(v, T.CreateTruncating(-0.5) * taus[k] * TensorPrimitives.Dot<T>(w, v), w, w);
            for (int i = 0; i < v.Length; i++)
            {
                Span<T> row = a.Slice(((k + 1 + i) * n) + k + 1, v.Length);
                TensorPrimitives.MultiplyAddEstimate(w, -v[i], row, row);
                TensorPrimitives.MultiplyAddEstimate(v, -w[i], row, row);
            }
        }

        diagonal[n - 1] = a[(n * n) - 1];
        rows.Clear();
        for (int i = 0; i < n; i++) rows[i * (n + 1)] = T.One;
        for (int k = n - 2; k >= 0; k--)
            for (int j = k + 1; j < n; j++) Reflections.Apply(a.Slice((k * n) + k + 1, n - k - 1), taus[k], rows.Slice((j * n) + k + 1, n - k - 1));
    }

    private static int Iterate<T>(Span<T> d, Span<T> e, Span<T> rows, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T unit = T.BitIncrement(T.One) - T.One, tiny = unit * unit * unit;
        int end = n - 1;
        for (int sweeps = Patience * n; end > 0; sweeps--)
        {
            for (int i = 0; i < end; i++)
                if (T.Abs(e[i]) <= unit * (T.Abs(d[i]) + T.Abs(d[i + 1])) || T.Abs(e[i]) <= tiny) e[i] = T.Zero;
            while (end > 0 && e[end - 1] == T.Zero) end--;
            if (end == 0) break;
            if (sweeps == 0) return end;
            int start = end - 1;
            while (start > 0 && e[start - 1] != T.Zero) start--;
            Sweep(d, e, rows, start, end, n);
        }

        return -1;
    }

    /// <summary>One sweep over an unreduced block, with the shift that is the eigenvalue of its last 2 × 2 corner next to the last element.</summary>
    private static void Sweep<T>(Span<T> d, Span<T> e, Span<T> rows, int start, int end, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T delta = T.CreateTruncating(0.5) * (d[end - 1] - d[end]), last = e[end - 1];
        T x = d[start] - (d[end] - (last / (delta + T.CopySign(T.Hypot(delta, last), delta)) * last)), z = e[start];
        for (int k = start; k < end; k++)
        {
            T r = T.Hypot(x, z), c = r == T.Zero ? T.One : x / r, s = r == T.Zero ? T.Zero : z / r;
            if (k > start) e[k - 1] = r;
            T upper = d[k], lower = d[k + 1], between = e[k], mixed = c * s * (between + between);
            d[k] = (c * c * upper) + mixed + (s * s * lower);
            d[k + 1] = (s * s * upper) - mixed + (c * c * lower);
            e[k] = (c * s * (lower - upper)) + (((c * c) - (s * s)) * between);
            if (k < end - 1) (x, z, e[k + 1]) = (e[k], s * e[k + 1], c * e[k + 1]);
            Reflections.Rotate(rows.Slice(k * n, n), rows.Slice((k + 1) * n, n), c, s);
        }
    }

    private static void Sort<T>(Span<T> values, Span<T> rows, Span<T> vectors, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> order = Workspace<int>.Factors(n);
        for (int i = 0; i < n; i++)
        {
            int at = i;
            T value = values[i];
            for (; at > 0 && values[at - 1] > value; at--) (values[at], order[at]) = (values[at - 1], order[at - 1]);
            (values[at], order[at]) = (value, i);
        }

        for (int j = 0; j < n; j++)
        {
            Span<T> vector = rows.Slice(order[j] * n, n);
            if (Reflections.PointsDown<T>(vector)) TensorPrimitives.Negate(vector, vector);
            for (int i = 0; i < n; i++) vectors[(i * n) + j] = vector[i];
        }
    }
}
