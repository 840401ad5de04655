using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Running logarithms of sums of exponentials along the middle axis of [outer, n, inner].</summary>
internal static class RunningLogSums
{
    /// <summary>y[o, i, j] = ln Σ exp x[o, k, j] over k up to i: the sum is kept relative to the greatest so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> rows = Workspace<T>.Strip(2 * inner), greatest = rows[..inner], sums = rows[inner..];
        for (int o = 0; o < outer; o++)
        {
            greatest.Fill(T.NegativeInfinity);
            sums.Clear();
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<T> row = x.Slice(((o * n) + i) * inner, inner);
                Span<T> target = y.Slice(((o * n) + i) * inner, inner);
                for (int j = 0; j < row.Length; j++) target[j] = Next(row[j], ref greatest[j], ref sums[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Next<T>(T value, ref T greatest, ref T sum) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(value <= greatest)) (greatest, sum) = (value, (greatest == T.NegativeInfinity ? T.Zero : sum * T.Exp(greatest - value)) + T.One);
        else if (value != T.NegativeInfinity && greatest != T.PositiveInfinity) sum += T.Exp(value - greatest);
        return T.IsNaN(greatest) ? greatest : greatest + T.Log(sum);
    }
}
