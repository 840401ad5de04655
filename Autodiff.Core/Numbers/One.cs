using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>A plain number: the scalar reading of a formula.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The number.</param>
public readonly record struct One<T>(T Value) : ILane<One<T>>, IVectorLane<One<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    static int IVectorLane<One<T>, T>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe One<T> IVectorLane<One<T>, T>.Load(T* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<One<T>, T>.Store(One<T> x, T* target) => *target = x.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static One<T> IVectorLane<One<T>, T>.Broadcast(T value) => new(value);

    static T IVectorLane<One<T>, T>.Sum(One<T> x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Of(double value) => new(T.CreateTruncating(value));

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator +(One<T> a, One<T> b) => new(a.Value + b.Value);

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator -(One<T> a, One<T> b) => new(a.Value - b.Value);

    /// <summary>a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator *(One<T> a, One<T> b) => new(a.Value * b.Value);

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator /(One<T> a, One<T> b) => new(a.Value / b.Value);

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator -(One<T> x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> IfGreater(One<T> a, One<T> b, One<T> then, One<T> otherwise) => a.Value > b.Value ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> IfEqual(One<T> a, One<T> b, One<T> then, One<T> otherwise) => a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> FusedMultiplyAdd(One<T> a, One<T> b, One<T> c) => new(T.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> SquareRoot(One<T> x) => new(T.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Magnitude(One<T> x) => new(T.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> CopySign(One<T> x, One<T> sign) => new(T.CopySign(x.Value, sign.Value));

    // the same two additions as the lanes: T.Round would keep the sign of a zero, which they lose
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> RoundToEven(One<T> x) => (x + Of(Shifter)) - Of(Shifter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> PowerOfTwo(One<T> n)
    {
        if (IsDouble)
        {
            double two = BitConverter.Int64BitsToDouble(((long)As<double>(n.Value) + 1023) << 52);
            return new(Unsafe.BitCast<double, T>(two));
        }

        return new(Unsafe.BitCast<float, T>(BitConverter.Int32BitsToSingle(((int)As<float>(n.Value) + 127) << 23)));
    }

    // two factors, as in the lanes
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Scale(One<T> x, One<T> n)
    {
        One<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> AtMost(One<T> x, One<T> limit) => x.Value > limit.Value ? limit : x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> AtLeast(One<T> x, One<T> limit) => limit.Value > x.Value ? limit : x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Exponent(One<T> x) => IsDouble
        ? new(Unsafe.BitCast<double, T>((double)((BitConverter.DoubleToInt64Bits(As<double>(x.Value)) >> 52) - 1023)))
        : new(Unsafe.BitCast<float, T>((float)((BitConverter.SingleToInt32Bits(As<float>(x.Value)) >> 23) - 127)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Significand(One<T> x)
    {
        if (IsDouble)
        {
            long bits = (BitConverter.DoubleToInt64Bits(As<double>(x.Value)) & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000;
            return new(Unsafe.BitCast<double, T>(BitConverter.Int64BitsToDouble(bits)));
        }

        int digits = (BitConverter.SingleToInt32Bits(As<float>(x.Value)) & 0x007F_FFFF) | 0x3F80_0000;
        return new(Unsafe.BitCast<float, T>(BitConverter.Int32BitsToSingle(digits)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> SineOf(One<T> x) => new(SineOfOne.Invoke(x.Value, x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> CosineOf(One<T> x) => new(CosineOfOne.Invoke(x.Value, x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Each<TFunction>(One<T> a, One<T> b) where TFunction : struct, IScalarFunction
        => new(TFunction.Invoke(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Apply<TOp>(One<T> x) where TOp : struct, IUnary<TOp> => TOp.Primal(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Apply<TOp>(One<T> a, One<T> b) where TOp : struct, IBinary<TOp> => TOp.Primal(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Apply<TOp>(One<T> a, One<T> b, One<T> c) where TOp : struct, ITernary<TOp> => TOp.Primal(a, b, c);

    private static double Shifter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsDouble ? 6755399441055744.0 : 12582912.0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TTo>(T value) where TTo : unmanaged => Unsafe.BitCast<T, TTo>(value);
}
