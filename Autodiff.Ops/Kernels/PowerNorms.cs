using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>(Σ |x|ᵖ)^(1/p) over the middle axis of [outer, n, inner].</summary>
internal static class PowerNorms
{
    /// <summary>y [outer, inner], each lane divided by its greatest magnitude first, so that no power leaves the range of numbers.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, T order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int first = (lane / inner * n * inner) + (lane % inner), end = first + (n * inner);
            T greatest = T.Zero, sum = T.Zero;
            for (int at = first; at < end; at += inner) greatest = T.Max(greatest, T.Abs(x[at]));
            if (greatest > T.Zero && T.IsFinite(greatest))
                for (int at = first; at < end; at += inner) sum += T.Pow(T.Abs(x[at]) / greatest, order);
            y[lane] = sum == T.Zero ? greatest : greatest * T.Pow(sum, T.One / order);
        }
    }
}
