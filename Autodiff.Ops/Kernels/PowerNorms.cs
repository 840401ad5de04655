using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>(Σ |x|ᵖ)^(1/p) over the middle axis of [outer, n, inner].</summary>
internal static class PowerNorms
{
    /// <summary>
    /// y [outer, inner], p finite and not 0; each lane divided by its greatest magnitude first, by its least where p is negative, so that no power leaves the range of
    /// numbers. With an element of 0 it is 0 for negative p.
    /// </summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, T order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int first = (lane / inner * n * inner) + (lane % inner), end = first + (n * inner);
            T unit = order < T.Zero ? T.PositiveInfinity : T.Zero, sum = T.Zero;
            for (int at = first; at < end; at += inner) unit = order < T.Zero ? T.Min(unit, T.Abs(x[at])) : T.Max(unit, T.Abs(x[at]));
            if (unit > T.Zero && T.IsFinite(unit))
                for (int at = first; at < end; at += inner) sum += T.Pow(T.Abs(x[at]) / unit, order);
            y[lane] = sum == T.Zero ? unit : unit * T.Pow(sum, T.One / order);
        }
    }
}
