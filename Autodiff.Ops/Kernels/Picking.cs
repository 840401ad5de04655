using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Elements and rows taken from, or added at, places that indices name. The indices must be in range.</summary>
internal static class Picking
{
    /// <summary>y[i] = x[i with the coordinate of the axis replaced by index[i]]; y and index have the shape <paramref name="small"/>.</summary>
    public static void Gather<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> shape, Span<T> y, ReadOnlySpan<int> small, ReadOnlySpan<int> index, int axis)
        where T : unmanaged
    {
        var walk = new Walk(shape, small, axis);
        for (int i = 0; i < index.Length; i++, walk.Next(shape, small)) y[i] = x[walk.Base + (index[i] * walk.Step)];
    }

    /// <summary>y[i with the coordinate of the axis replaced by index[i]] += x[i]; x and index have the shape <paramref name="small"/>.</summary>
    public static void ScatterAdd<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> small, Span<T> y, ReadOnlySpan<int> shape, ReadOnlySpan<int> index, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var walk = new Walk(shape, small, axis);
        for (int i = 0; i < x.Length; i++, walk.Next(shape, small)) y[walk.Base + (index[i] * walk.Step)] += x[i];
    }

    /// <summary>y[o, k, ·] = x[o, index[k], ·], x being [outer, n, inner].</summary>
    public static void GatherRows<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> index, int outer, int n, int inner)
        where T : unmanaged
    {
        for (int o = 0; o < outer; o++)
        {
            for (int k = 0; k < index.Length; k++)
            {
                x.Slice(((o * n) + index[k]) * inner, inner).CopyTo(y.Slice(((o * index.Length) + k) * inner, inner));
            }
        }
    }

    /// <summary>y[o, index[k], ·] += x[o, k, ·], y being [outer, n, inner].</summary>
    public static void ScatterAddRows<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> index, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int k = 0; k < index.Length; k++)
            {
                Elementwise.Add(x.Slice(((o * index.Length) + k) * inner, inner), y.Slice(((o * n) + index[k]) * inner, inner));
            }
        }
    }

    /// <summary>Runs over the small shape and knows the place in the large one, the coordinate of the axis left out.</summary>
    private ref struct Walk
    {
        private readonly int axis;
        private Counters at;

        public Walk(ReadOnlySpan<int> large, ReadOnlySpan<int> small, int axis)
        {
            this.axis = axis;
            Step = 1;
            for (int d = axis + 1; d < large.Length; d++) Step *= large[d];
        }

        public int Step { get; }

        public int Base { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Next(ReadOnlySpan<int> large, ReadOnlySpan<int> small)
        {
            int stride = 1;
            for (int d = small.Length - 1; d >= 0; d--)
            {
                int move = d == axis ? 0 : stride;
                Base += move;
                if (++at[d] < small[d]) return;
                Base -= move * small[d];
                at[d] = 0;
                stride *= large[d];
            }
        }
    }

    [InlineArray(Layout.MaxRank)]
    private struct Counters
    {
        private int first;
    }
}
