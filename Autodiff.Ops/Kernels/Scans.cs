using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Running results along the middle axis of [outer, n, inner], from the front or, reversed, from the back.</summary>
internal static class Scans
{
    /// <summary>y[o, i, j] = Σ x[o, k, j] over k up to i (reversed: from i on).</summary>
    public static void Sum<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>
        => ScanRows<T, AddStep<T>>.Scan(x, y, outer, n, inner, reverse);

    /// <summary>y[o, i, j] = Π x[o, k, j] over k up to i (reversed: from i on).</summary>
    public static void Product<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>
        => ScanRows<T, MultiplyStep<T>>.Scan(x, y, outer, n, inner, reverse);

    /// <summary>h[o, i, j] = b[o, i, j] + a[o, i, j]·h[o, i − 1, j] (reversed: i + 1), nothing being before the first; a zero h contributes zero, whatever a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Recurrence<T>(ReadOnlySpan<T> b, ReadOnlySpan<T> a, Span<T> h, int outer, int n, int inner, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = reverse ? -inner : inner;
        for (int o = 0; o < outer && n > 0; o++)
        {
            int at = ((o * n) + (reverse ? n - 1 : 0)) * inner;
            b.Slice(at, inner).CopyTo(h.Slice(at, inner));
            for (int i = 1; i < n; i++)
            {
                ReadOnlySpan<T> before = h.Slice(at, inner), factor = a.Slice(at + step, inner), added = b.Slice(at + step, inner);
                Span<T> target = h.Slice(at += step, inner);
                int j = 0;
                if (Vector<T>.IsSupported)
                {
                    for (; j <= inner - Vector<T>.Count; j += Vector<T>.Count)
                    {
                        Vector<T> last = new(before[j..]), summand = new(added[j..]);
                        Vector.ConditionalSelect(Vector.Equals(last, Vector<T>.Zero), summand, summand + (new Vector<T>(factor[j..]) * last)).CopyTo(target[j..]);
                    }
                }

                for (; j < target.Length; j++) target[j] = before[j] == T.Zero ? added[j] : added[j] + (factor[j] * before[j]);
            }
        }
    }

    /// <summary>y[o, j] = Πᵢ x[o, i, j]; 1 where n = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WholeProduct<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        y.Fill(T.One);
        for (int o = 0; o < outer; o++)
        {
            Span<T> target = y.Slice(o * inner, inner);
            for (int i = 0; i < n; i++) ScanRows<T, MultiplyStep<T>>.Run(target, x.Slice(((o * n) + i) * inner, inner), target);
        }
    }

    /// <summary>y[o, i, j] = Π x[o, k, j] over all k but i: what comes before times what comes after, so nothing is divided.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ProductOfOthers<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inner < Vector<T>.Count)
        {
            ProductOfOthersByLanes(x, y, outer, n, inner);
            return;
        }

        Span<T> after = Workspace<T>.Strip(inner);
        for (int o = 0; o < outer && n > 0; o++)
        {
            ReadOnlySpan<T> rows = x.Slice(o * n * inner, n * inner);
            Span<T> target = y.Slice(o * n * inner, n * inner);
            target[..inner].Fill(T.One);
            for (int at = inner; at < target.Length; at += inner)
                ScanRows<T, MultiplyStep<T>>.Run(target.Slice(at - inner, inner), rows.Slice(at - inner, inner), target.Slice(at, inner));
            after.Fill(T.One);
            for (int at = target.Length - inner; at >= 0; at -= inner)
            {
                ScanRows<T, MultiplyStep<T>>.Run(target.Slice(at, inner), after, target.Slice(at, inner));
                ScanRows<T, MultiplyStep<T>>.Run(after, rows.Slice(at, inner), after);
            }
        }
    }

    // rows too short for vectors
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ProductOfOthersByLanes<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int first = (lane / inner * n * inner) + (lane % inner), end = first + (n * inner);
            T product = T.One;
            for (int at = first; at < end; at += inner)
            {
                y[at] = product;
                product *= x[at];
            }

            product = T.One;
            for (int at = end - inner; at >= first; at -= inner)
            {
                y[at] *= product;
                product *= x[at];
            }
        }
    }
}
