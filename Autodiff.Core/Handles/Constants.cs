using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// How a handle without a tape carries a number. The bits are exchanged with those of one particular NaN, so that the default handle
/// (all zeros) is that NaN, which no number is stored as, and can be refused.
/// </summary>
internal static class Constants
{
    private const long Default = 0x7FF8_0000_DEFA_0173;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Encode<T>(T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long bits = typeof(T) == typeof(double)
            ? BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(value))
            : (1L << 32) | BitConverter.SingleToUInt32Bits(Unsafe.BitCast<T, float>(value));
        return bits == Default ? BitConverter.DoubleToInt64Bits(double.NaN) ^ Default : bits ^ Default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Decode<T>(long bits, string op) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (bits == 0) ThrowDefault(op);
        bits ^= Default;
        return typeof(T) == typeof(double)
            ? Unsafe.BitCast<double, T>(BitConverter.Int64BitsToDouble(bits))
            : Unsafe.BitCast<float, T>(BitConverter.UInt32BitsToSingle((uint)bits));
    }

    /// <summary>What to say of a handle without a tape where a variable is needed: it is a constant, or nothing.</summary>
    public static InvalidOperationException NoVariable(long bits, string op, string what)
        => new($"{op}: the {what} is {(bits == 0 ? "a default handle" : "a constant")}; needs a variable of this tape.");

    private static void ThrowDefault(string op)
        => throw new InvalidOperationException($"{op}: an operand is a default handle; needs one from a tape, or a number.");
}
