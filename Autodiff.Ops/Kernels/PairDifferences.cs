using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>What is made of the differences of all pairs of rows, a [m, d] and b [n, d], none of which is kept.</summary>
internal static unsafe class PairDifferences
{
    /// <summary>Terms added up one after another before their sum joins the others.</summary>
    private const int Block = 128;

    /// <summary>y[i, j] = √Σₖ (a[i, k] − b[j, k])², right also where a square leaves the range of numbers.</summary>
    public static void Distances<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int m, int n, int d) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // above this bound squares that were lost to underflow do not count
        T least = T.ScaleB(T.One, typeof(T) == typeof(float) ? -100 : -900);
        ReadOnlySpan<T> columns = Columns(b, n, d);
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<T> point = a.Slice(i * d, d);
            Span<T> row = y.Slice(i * n, n);
            Squares(point, columns, row);
            for (int j = 0; j < n; j++) row[j] = row[j] >= least && T.IsFinite(row[j]) ? T.Sqrt(row[j]) : Scaled(point, b.Slice(j * d, d));
        }
    }

    /// <summary>y[i, j] = Σₖ u[i, k]·(a[i, k] − b[j, k]); a zero in u contributes zero.</summary>
    public static void Dots<T>(ReadOnlySpan<T> u, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int m, int n, int d) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> columns = Columns(b, n, d);
        y.Clear();
        for (int i = 0; i < m; i++)
            for (int k = 0; k < d; k++)
                if (u[(i * d) + k] != T.Zero) AddScaled(u[(i * d) + k], a[(i * d) + k], columns.Slice(k * n, n), y.Slice(i * n, n));
    }

    /// <summary>y[i, k] = Σⱼ w[i, j]·(a[i, k] − b[j, k]); a zero in w contributes zero.</summary>
    public static void Sums<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int m, int n, int d) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> block = Workspace<T>.Strip(d);
        y.Clear();
        for (int i = 0; i < m; i++)
        {
            Span<T> sum = y.Slice(i * d, d);
            for (int start = 0; start < n; start += Block)
            {
                block.Clear();
                for (int j = start; j < Math.Min(n, start + Block); j++)
                    if (w[(i * n) + j] != T.Zero) AddScaled(w[(i * n) + j], a.Slice(i * d, d), b.Slice(j * d, d), block);
                Elementwise.Add(block, sum);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares<T>(ReadOnlySpan<T> point, ReadOnlySpan<T> columns, Span<T> sums) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = sums.Length, j = 0;
        if (Vector<T>.IsSupported)
        {
            // four sums at once: each waits for its own last term
            int width = Vector<T>.Count;
            for (; j <= n - (4 * width); j += 4 * width)
            {
                Vector<T> s0 = Vector<T>.Zero, s1 = s0, s2 = s0, s3 = s0;
                for (int k = 0; k < point.Length; k++)
                {
                    ref T column = ref Unsafe.AsRef(in columns[(k * n) + j]);
                    Vector<T> x = new(point[k]), d0 = x - Vector.LoadUnsafe(ref column), d1 = x - Vector.LoadUnsafe(ref column, (nuint)width);
                    Vector<T> d2 = x - Vector.LoadUnsafe(ref column, (nuint)(2 * width)), d3 = x - Vector.LoadUnsafe(ref column, (nuint)(3 * width));
                    (s0, s1, s2, s3) = (s0 + (d0 * d0), s1 + (d1 * d1), s2 + (d2 * d2), s3 + (d3 * d3));
                }

                s0.CopyTo(sums[j..]);
                s1.CopyTo(sums[(j + width)..]);
                s2.CopyTo(sums[(j + (2 * width))..]);
                s3.CopyTo(sums[(j + (3 * width))..]);
            }

            for (; j <= n - Vector<T>.Count; j += Vector<T>.Count)
            {
                Vector<T> sum = Vector<T>.Zero;
                for (int k = 0; k < point.Length; k++)
                {
                    Vector<T> difference = new Vector<T>(point[k]) - new Vector<T>(columns[((k * n) + j)..]);
                    sum += difference * difference;
                }

                sum.CopyTo(sums[j..]);
            }
        }

        for (; j < n; j++)
        {
            T sum = T.Zero;
            for (int k = 0; k < point.Length; k++) sum += (point[k] - columns[(k * n) + j]) * (point[k] - columns[(k * n) + j]);
            sums[j] = sum;
        }
    }

    // y[j] += factor·(a − b[j])
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled<T>(T factor, T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int j = 0;
        if (Vector<T>.IsSupported)
            for (; j <= y.Length - Vector<T>.Count; j += Vector<T>.Count)
                (new Vector<T>(y[j..]) + (new Vector<T>(factor) * (new Vector<T>(a) - new Vector<T>(b[j..])))).CopyTo(y[j..]);
        for (; j < y.Length; j++) y[j] += factor * (a - b[j]);
    }

    // y[k] += factor·(a[k] − b[k])
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled<T>(T factor, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
            for (; k <= y.Length - Vector<T>.Count; k += Vector<T>.Count)
                (new Vector<T>(y[k..]) + (new Vector<T>(factor) * (new Vector<T>(a[k..]) - new Vector<T>(b[k..])))).CopyTo(y[k..]);
        for (; k < y.Length; k++) y[k] += factor * (a[k] - b[k]);
    }

    // in units of the greatest difference
    private static T Scaled<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T greatest = T.Zero, sum = T.Zero;
        for (int k = 0; k < a.Length; k++) greatest = T.MaxMagnitude(greatest, T.Abs(a[k] - b[k]));
        if (greatest == T.Zero || !T.IsFinite(greatest)) return greatest;
        for (int k = 0; k < a.Length; k++) sum += (a[k] - b[k]) / greatest * ((a[k] - b[k]) / greatest);
        return greatest * T.Sqrt(sum);
    }

    // b by its columns, so that lanes run over rows of b
    private static ReadOnlySpan<T> Columns<T>(ReadOnlySpan<T> b, int n, int d) where T : unmanaged
    {
        Span<T> columns = Workspace<T>.Strip(n * d);
        fixed (T* source = b, target = columns) Transposition.Run(source, d, target, n, n, d);
        return columns;
    }
}
