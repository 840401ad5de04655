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
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < inner; j++)
            {
                T greatest = T.NegativeInfinity, sum = T.Zero;
                for (int i = 0; i < n; i++)
                {
                    int at = (((o * n) + i) * inner) + j;
                    T value = x[at];
                    if (!(value <= greatest)) (greatest, sum) = (value, (greatest == T.NegativeInfinity ? T.Zero : sum * T.Exp(greatest - value)) + T.One);
                    else if (value != T.NegativeInfinity && greatest != T.PositiveInfinity) sum += T.Exp(value - greatest);
                    y[at] = T.IsNaN(greatest) ? greatest : greatest + T.Log(sum);
                }
            }
    }
}
