using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>The transpose of a matrix of any row strides: target[c·targetStride + r] = source[r·sourceStride + c].</summary>
internal static unsafe class Transposition
{
    /// <summary>A square of this side, in and out, fits in the first-level cache; smaller ones measured slower.</summary>
    private const int Side = 32;

    private static bool CanZip => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Transposes source [rows, columns] into target [columns, rows].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint sourceStride, T* target, nint targetStride, int rows, int columns)
        where T : unmanaged
    {
        for (int r = 0; r < rows; r += Side)
        {
            int height = Math.Min(Side, rows - r);
            for (int c = 0; c < columns; c += Side)
            {
                T* from = source + r * sourceStride + c;
                T* to = target + c * targetStride + r;
                Block(from, sourceStride, to, targetStride, height, Math.Min(Side, columns - c));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<T>(T* source, nint sourceStride, T* target, nint targetStride, int rows, int columns)
        where T : unmanaged
    {
        int fullRows = 0, fullColumns = 0;
        if (CanZip && typeof(T) == typeof(float))
        {
            (fullRows, fullColumns) = (rows & ~3, columns & ~3);
            for (int r = 0; r < fullRows; r += 4)
            {
                for (int c = 0; c < fullColumns; c += 4)
                {
                    FourByFour((float*)(source + r * sourceStride + c), sourceStride, (float*)(target + c * targetStride + r), targetStride);
                }
            }
        }
        else if (CanZip && typeof(T) == typeof(double))
        {
            (fullRows, fullColumns) = (rows & ~1, columns & ~1);
            for (int r = 0; r < fullRows; r += 2)
            {
                for (int c = 0; c < fullColumns; c += 2)
                {
                    TwoByTwo((double*)(source + r * sourceStride + c), sourceStride, (double*)(target + c * targetStride + r), targetStride);
                }
            }
        }
        Elements(source, sourceStride, target, targetStride, 0, fullRows, fullColumns, columns);
        Elements(source, sourceStride, target, targetStride, fullRows, rows, 0, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Elements<T>(T* source, nint sourceStride, T* target, nint targetStride, int r0, int r1, int c0, int c1)
        where T : unmanaged
    {
        for (int r = r0; r < r1; r++)
        {
            for (int c = c0; c < c1; c++) target[c * targetStride + r] = source[r * sourceStride + c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + 2 * sourceStride);
        Vector128<float> r3 = Vector128.Load(source + 3 * sourceStride);
        Vector128<float> even0 = ZipLow(r0, r2), odd0 = ZipLow(r1, r3), even1 = ZipHigh(r0, r2), odd1 = ZipHigh(r1, r3);
        ZipLow(even0, odd0).Store(target);
        ZipHigh(even0, odd0).Store(target + targetStride);
        ZipLow(even1, odd1).Store(target + 2 * targetStride);
        ZipHigh(even1, odd1).Store(target + 3 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoByTwo(double* source, nint sourceStride, double* target, nint targetStride)
    {
        Vector128<double> r0 = Vector128.Load(source);
        Vector128<double> r1 = Vector128.Load(source + sourceStride);
        (Sse2.IsSupported ? Sse2.UnpackLow(r0, r1) : AdvSimd.Arm64.ZipLow(r0, r1)).Store(target);
        (Sse2.IsSupported ? Sse2.UnpackHigh(r0, r1) : AdvSimd.Arm64.ZipHigh(r0, r1)).Store(target + targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y)
        => Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
