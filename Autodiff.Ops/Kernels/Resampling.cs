using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>A linear map along the middle axis of [outer, n, inner] in which each output is made of up to four neighbouring inputs.</summary>
internal static class Resampling
{
    /// <summary>y[o, i, :] = Σₖ weightᵢₖ·x[o, placeᵢₖ, :]; or, transposed, y[o, placeᵢₖ, :] += weightᵢₖ·x[o, i, :]. A weight of zero reads nothing.</summary>
    /// <param name="x">[outer, from, inner], transposed [outer, to, inner].</param>
    /// <param name="y">The other.</param>
    /// <param name="places">[to, taps].</param>
    /// <param name="weights">[to, taps].</param>
    /// <param name="taps">How many inputs make an output.</param>
    /// <param name="outer">The elements before the axis.</param>
    /// <param name="inner">The elements behind it.</param>
    /// <param name="transposed">Which way it goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> places, ReadOnlySpan<T> weights, int taps, int outer, int inner, bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int readSize = outer == 0 ? 0 : x.Length / outer, writtenSize = outer == 0 ? 0 : y.Length / outer;
        y.Clear();
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> from = x.Slice(o * readSize, readSize);
            Span<T> to = y.Slice(o * writtenSize, writtenSize);
            for (int k = 0; k < places.Length; k++)
            {
                T weight = weights[k];
                if (weight == T.Zero) continue;
                int read = (transposed ? k / taps : places[k]) * inner, written = (transposed ? places[k] : k / taps) * inner;
                if (inner == 1) to[written] += weight * from[read];
                else Add(from.Slice(read, inner), to.Slice(written, inner), weight);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(ReadOnlySpan<T> x, Span<T> y, T weight) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        var factor = new Vector<T>(weight);
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(y[i..]) + (factor * new Vector<T>(x[i..]))).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] += weight * x[i];
    }
}
