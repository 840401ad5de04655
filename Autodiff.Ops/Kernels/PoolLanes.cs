using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>
/// Pooling of as many windows side by side as a vector of 128 bits holds, for strides of 1 and 2 along the rows: the windows run along
/// the lanes, and their elements are visited one by one in their order.
/// </summary>
internal static unsafe class PoolLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether a geometry has lanes; the rest is done window by window.</summary>
    public static bool Serve(in PoolShape s)
        => Vector128.IsHardwareAccelerated && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported) && (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            && s.StrideWidth <= 2 && s.OutputWidth >= Vector128<T>.Count;

    /// <summary>The elements from the first a vector reads to behind the last: with stride 2 one more than it needs.</summary>
    public static int Reach(int stride) => stride * Vector128<T>.Count;

    /// <summary>The greatest of the windows that begin at x, which is element <paramref name="start"/> of its tensor, and their positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Max<TStride>(T* x, int start, T* y, int* index, in PoolShape s)
        where TStride : ISize
    {
        Vector128<T> best = Load<TStride>(x), position = Positions(start, TStride.Value), first = position;
        if (s.WindowHeight == 2 && s.WindowWidth == 2)
        {
            // the usual window without its loops, which would cost as much as its elements
            Take(Load<TStride>(x + 1), Shift(first, 1), ref best, ref position);
            Take(Load<TStride>(x + s.Width), Shift(first, s.Width), ref best, ref position);
            Take(Load<TStride>(x + s.Width + 1), Shift(first, s.Width + 1), ref best, ref position);
        }
        else
        {
            for (int i = 0; i < s.WindowHeight; i++)
            {
                for (int j = i == 0 ? 1 : 0, at = i * s.Width + j; j < s.WindowWidth; j++, at++)
                {
                    Take(Load<TStride>(x + at), Shift(first, at), ref best, ref position);
                }
            }
        }

        best.Store(y);
        if (typeof(T) == typeof(float)) position.AsInt32().Store(index);
        else Vector128.Narrow(position.AsInt64(), position.AsInt64()).GetLower().Store(index);
    }

    /// <summary>As Greatest.Replaces: the greater, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector128<T> value, Vector128<T> at, ref Vector128<T> best, ref Vector128<T> position)
    {
        Vector128<T> replaces = Vector128.AndNot(Vector128.Equals(best, best), Vector128.LessThanOrEqual(value, best));
        best = Vector128.ConditionalSelect(replaces, value, best);
        position = Vector128.ConditionalSelect(replaces, at, position);
    }

    /// <summary>The means of the windows that begin at x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Average<TStride>(T* x, T* y, Vector128<T> area, in PoolShape s)
        where TStride : ISize
    {
        Vector128<T> sum = Vector128<T>.Zero;
        for (int i = 0; i < s.WindowHeight; i++, x += s.Width)
        {
            for (int j = 0; j < s.WindowWidth; j++) sum += Load<TStride>(x + j);
        }

        (sum / area).Store(y);
    }

    /// <summary>Adds the shares of windows of two side by side, a stride of two apart, to one row of theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPairs(Vector128<T> share, T* x)
    {
        (Vector128.Load(x) + Low(share)).Store(x);
        (Vector128.Load(x + Vector128<T>.Count) + High(share)).Store(x + Vector128<T>.Count);
    }

    /// <summary>Elements a stride apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Load<TStride>(T* x)
        where TStride : ISize
    {
        Vector128<T> low = Vector128.Load(x);
        if (TStride.Value == 1) return low;
        Vector128<T> high = Vector128.Load(x + Vector128<T>.Count);
        if (typeof(T) == typeof(float))
        {
            return (Sse.IsSupported ? Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(low.AsSingle(), high.AsSingle()))
                .As<float, T>();
        }

        return (Sse2.IsSupported ? Sse2.UnpackLow(low.AsDouble(), high.AsDouble()) : AdvSimd.Arm64.UnzipEven(low.AsDouble(), high.AsDouble())).As<double, T>();
    }

    /// <summary>Where the windows begin, as integers of the elements' size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Positions(int start, int stride)
        => typeof(T) == typeof(float)
            ? (Vector128.Create(start) + Vector128.Create(0, stride, 2 * stride, 3 * stride)).As<int, T>()
            : (Vector128.Create((long)start) + Vector128.Create(0L, stride)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Shift(Vector128<T> positions, int offset)
        => typeof(T) == typeof(float)
            ? (positions.AsInt32() + Vector128.Create(offset)).As<int, T>()
            : (positions.AsInt64() + Vector128.Create((long)offset)).As<long, T>();

    /// <summary>The elements of the lower half, each twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Low(Vector128<T> x)
        => typeof(T) == typeof(float)
            ? (Sse.IsSupported ? Sse.UnpackLow(x.AsSingle(), x.AsSingle()) : AdvSimd.Arm64.ZipLow(x.AsSingle(), x.AsSingle())).As<float, T>()
            : (Sse2.IsSupported ? Sse2.UnpackLow(x.AsDouble(), x.AsDouble()) : AdvSimd.Arm64.ZipLow(x.AsDouble(), x.AsDouble())).As<double, T>();

    /// <summary>The elements of the upper half, each twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> High(Vector128<T> x)
        => typeof(T) == typeof(float)
            ? (Sse.IsSupported ? Sse.UnpackHigh(x.AsSingle(), x.AsSingle()) : AdvSimd.Arm64.ZipHigh(x.AsSingle(), x.AsSingle())).As<float, T>()
            : (Sse2.IsSupported ? Sse2.UnpackHigh(x.AsDouble(), x.AsDouble()) : AdvSimd.Arm64.ZipHigh(x.AsDouble(), x.AsDouble())).As<double, T>();
}
