using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Sums over all ways through a lattice of steps × states on which a path stays in its state or goes one or two states on. Tensors are [steps, batch, states], weights
/// [3, steps, batch, states], one for each move into a state.
/// </summary>
internal static class AlignmentScans
{
    /// <summary>
    /// y[t, b, s] = ln Σ exp(y + x)[t − 1, b, s − j] over the moves j = 0, 1, 2: all ways into a state, without the state's own x. A path begins in state 0 or 1; the
    /// mask [b, s] is added to the move by two.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogSums<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> mask, Span<T> y, int steps, int plane, int states) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < plane && steps > 0; i++) y[i] = i % states < 2 ? T.Zero : T.NegativeInfinity;
        for (int t = 1; t < steps; t++)
        {
            ReadOnlySpan<T> x0 = x.Slice((t - 1) * plane, plane), y0 = y.Slice((t - 1) * plane, plane);
            for (int i = 0; i < plane; i++)
            {
                int s = i % states;
                T a = y0[i] + x0[i], b = s > 0 ? y0[i - 1] + x0[i - 1] : T.NegativeInfinity, c = s > 1 ? y0[i - 2] + x0[i - 2] + mask[i] : T.NegativeInfinity;
                T greatest = T.Max(a, T.Max(b, c));
                y[(t * plane) + i] = T.IsNegativeInfinity(greatest) ? greatest : greatest + T.Log(T.Exp(a - greatest) + T.Exp(b - greatest) + T.Exp(c - greatest));
            }
        }
    }

    /// <summary>h[t, b, s] = x[t, b, s] + Σⱼ w[j, t, b, s]·h[t − 1, b, s − j]; nothing comes from a zero, whatever the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forth<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> h, int steps, int plane, int states) where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.CopyTo(h);
        for (int t = 1; t < steps; t++)
        {
            ReadOnlySpan<T> from = h.Slice((t - 1) * plane, plane);
            Span<T> to = h.Slice(t * plane, plane);
            for (int j = 0; j < 3; j++)
            {
                ReadOnlySpan<T> weight = w.Slice(((j * steps) + t) * plane, plane);
                for (int i = j; i < plane; i++)
                    if (i % states >= j && from[i - j] != T.Zero) to[i] += weight[i] * from[i - j];
            }
        }
    }

    /// <summary>The same from the end: h[t, b, s] = x[t, b, s] + Σⱼ w[j, t + 1, b, s + j]·h[t + 1, b, s + j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> h, int steps, int plane, int states) where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.CopyTo(h);
        for (int t = steps - 2; t >= 0; t--)
        {
            ReadOnlySpan<T> from = h.Slice((t + 1) * plane, plane);
            Span<T> to = h.Slice(t * plane, plane);
            for (int j = 0; j < 3; j++)
            {
                ReadOnlySpan<T> weight = w.Slice(((j * steps) + t + 1) * plane, plane);
                for (int i = j; i < plane; i++)
                    if (i % states >= j && from[i] != T.Zero) to[i - j] += weight[i] * from[i];
            }
        }
    }
}
