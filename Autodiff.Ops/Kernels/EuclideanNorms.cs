using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Square roots of sums of squares along the middle axis of [outer, n, inner], right also where a square leaves the range of numbers.</summary>
internal static class EuclideanNorms
{
    /// <summary>y[o, j] = √Σᵢ x[o, i, j]²; 0 where n = 0.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // above this bound squares that were lost to underflow do not count
        T least = T.ScaleB(T.One, typeof(T) == typeof(float) ? -100 : -900);
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            Span<T> sums = y.Slice(o * inner, inner);
            if (inner == 1) sums[0] = Summation.Dot(rows, rows);
            else SumSquares(rows, sums, n);
            for (int j = 0; j < inner; j++)
            {
                sums[j] = sums[j] >= least && T.IsFinite(sums[j]) ? T.Sqrt(sums[j]) : Scaled(rows, j, n, inner);
            }
        }
    }

    private static void SumSquares<T>(ReadOnlySpan<T> rows, Span<T> sums, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        sums.Clear();
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<T> row = rows.Slice(i * sums.Length, sums.Length);
            TensorPrimitives.MultiplyAddEstimate(row, row, sums, sums);
        }
    }

    /// <summary>The same in units of the greatest magnitude: zeros, very small and very large numbers, infinities and NaN come here.</summary>
    private static T Scaled<T>(ReadOnlySpan<T> x, int from, int n, int stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T greatest = T.Zero, sum = T.Zero;
        for (int i = 0; i < n; i++) greatest = T.MaxMagnitude(greatest, T.Abs(x[from + (i * stride)]));
        if (greatest == T.Zero || !T.IsFinite(greatest)) return greatest;
        for (int i = 0; i < n; i++)
        {
            T ratio = x[from + (i * stride)] / greatest;
            sum += ratio * ratio;
        }
        return greatest * T.Sqrt(sum);
    }
}
