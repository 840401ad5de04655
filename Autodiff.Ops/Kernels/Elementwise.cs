using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The elementwise step other kernels share.</summary>
internal static class Elementwise
{
    /// <summary>y += x over the length of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        int j = 0;
        if (Vector<T>.IsSupported)
        {
            for (; j + Vector<T>.Count <= x.Length; j += Vector<T>.Count)
            {
                (new Vector<T>(x[j..]) + new Vector<T>(y[j..])).CopyTo(y[j..]);
            }
        }
        for (; j < x.Length; j++) y[j] += x[j];
    }
}
