using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>How many bits a kernel works on at once.</summary>
internal enum VectorWidth
{
    Scalar,
    Bits128,
    Bits256,
    Bits512,
}

/// <summary>The choice of a vector width.</summary>
internal static class VectorWidths
{
    /// <summary>The widest the processor runs in hardware; a constant to the compiler, so the choice costs nothing.</summary>
    public static VectorWidth Best<T>()
        where T : unmanaged
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double)) return VectorWidth.Scalar;
        if (Vector512.IsHardwareAccelerated) return VectorWidth.Bits512;
        if (Vector256.IsHardwareAccelerated) return VectorWidth.Bits256;
        return Vector128.IsHardwareAccelerated ? VectorWidth.Bits128 : VectorWidth.Scalar;
    }

    /// <summary>The elements of a vector.</summary>
    public static int Lanes<T>(VectorWidth width)
        where T : unmanaged
        => width == VectorWidth.Scalar ? 1 : (64 << (int)width) / (8 * Unsafe.SizeOf<T>());
}
