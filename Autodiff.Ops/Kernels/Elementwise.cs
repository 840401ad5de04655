using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The elementwise steps other kernels share, for rows so short that a call to a library would cost more than the work.</summary>
internal static unsafe class Elementwise
{
    /// <summary>y += x over the length of x.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        fixed (T* source = x, target = y) Add(source, target, x.Length);
    }

    /// <summary>y += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(T* x, T* y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Vector128<T>.IsSupported)
        {
            for (; i + Vector<T>.Count <= count; i += Vector<T>.Count) (Vector.Load(y + i) + Vector.Load(x + i)).Store(y + i);
            for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count) (Vector128.Load(y + i) + Vector128.Load(x + i)).Store(y + i);
        }
        for (; i < count; i++) y[i] += x[i];
    }

    /// <summary>y = x; the last vector may overlap the one before it. x and y must not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T* x, T* y, int count)
        where T : unmanaged
    {
        if (Vector128<T>.IsSupported && count >= Vector<T>.Count)
        {
            int last = count - Vector<T>.Count;
            for (int i = 0; i < last; i += Vector<T>.Count) Vector.Load(x + i).Store(y + i);
            Vector.Load(x + last).Store(y + last);
        }
        else if (Vector128<T>.IsSupported && count >= Vector128<T>.Count)
        {
            int last = count - Vector128<T>.Count;
            Vector128.Load(x).Store(y);
            Vector128.Load(x + last).Store(y + last);
        }
        else
        {
            for (int i = 0; i < count; i++) y[i] = x[i];
        }
    }
}
