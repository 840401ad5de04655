using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Logarithms of sums of exponentials along the middle axis of [outer, n, inner], and the share that each term has in its sum.</summary>
internal static class LogSums
{
    /// <summary>Numbers in flight, so that they stay in the first-level cache.</summary>
    private const int Block = 256;

    /// <summary>y[o, j] = log Σᵢ exp x[o, i, j], shifted by the greatest of the lane; −∞ where n = 0.</summary>
    public static void LogSumExp<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            if (inner == 1)
            {
                y[o] = Lane(rows);
                continue;
            }
            for (int j = 0; j < inner; j += Block)
            {
                Columns(rows, y.Slice((o * inner) + j, Math.Min(Block, inner - j)), n, inner, j);
            }
        }
    }

    /// <summary>
    /// w[o, i, j] = exp x[o, i, j] / Σₖ exp x[o, k, j]. In a lane of nothing but −∞ the shares are 0; where terms are +∞ they share 1 equally.
    /// </summary>
    public static void Shares<T>(ReadOnlySpan<T> x, Span<T> w, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SoftmaxLanes.Softmax(x, w, outer, n, inner);
        for (int o = 0; o < outer && n > 0; o++)
        {
            for (int j = 0; j < inner; j++)
            {
                // an infinite or NaN greatest term makes its whole lane NaN
                int lane = (o * n * inner) + j;
                if (T.IsNaN(w[lane])) Infinite(x[lane..], w[lane..], n, inner);
            }
        }
    }

    private static T Lane<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.IsEmpty) return T.NegativeInfinity;
        T greatest = TensorPrimitives.Max(x), sum = T.Zero;
        if (!T.IsFinite(greatest)) return greatest;
        Span<T> block = stackalloc T[Block];
        for (int i = 0; i < x.Length; i += Block)
        {
            Span<T> terms = block[..Math.Min(Block, x.Length - i)];
            TensorPrimitives.Subtract(x.Slice(i, terms.Length), greatest, terms);
            TensorPrimitives.Exp<T>(terms, terms);
            sum += TensorPrimitives.Sum<T>(terms);
        }
        return greatest + T.Log(sum);
    }

    private static void Columns<T>(ReadOnlySpan<T> rows, Span<T> y, int n, int inner, int start)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = (stackalloc T[Block])[..y.Length], shift = (stackalloc T[Block])[..y.Length], terms = (stackalloc T[Block])[..y.Length];
        y.Fill(T.NegativeInfinity);
        for (int i = 0; i < n; i++) TensorPrimitives.Max(y, rows.Slice((i * inner) + start, y.Length), y);
        for (int j = 0; j < y.Length; j++) shift[j] = T.IsFinite(y[j]) ? y[j] : T.Zero;
        sums.Clear();
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Subtract(rows.Slice((i * inner) + start, y.Length), shift, terms);
            TensorPrimitives.Exp<T>(terms, terms);
            TensorPrimitives.Add(sums, terms, sums);
        }
        for (int j = 0; j < y.Length; j++)
        {
            if (T.IsFinite(y[j])) y[j] += T.Log(sums[j]);
        }
    }

    private static void Infinite<T>(ReadOnlySpan<T> x, Span<T> w, int n, int stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = 0;
        for (int i = 0; i < n; i++)
            if (T.IsNaN(x[i * stride])) return;
        for (int i = 0; i < n; i++) count += T.IsPositiveInfinity(x[i * stride]) ? 1 : 0;
        for (int i = 0; i < n; i++) w[i * stride] = T.IsPositiveInfinity(x[i * stride]) ? T.One / T.CreateTruncating(count) : T.Zero;
    }
}
