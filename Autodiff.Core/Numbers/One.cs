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

    static unsafe void IVectorLane<One<T>, T>.AddSums(One<T> a, One<T> b, One<T> c, One<T> d, T* target)
    {
        target[0] += a.Value;
        target[1] += b.Value;
        target[2] += c.Value;
        target[3] += d.Value;
    }

    static T IVectorLane<One<T>, T>.Greatest(One<T> x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Of(double value) => new(typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : Unsafe.BitCast<float, T>((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Of(double inDouble, double inSingle)
        => Of(typeof(T) == typeof(double) ? inDouble : inSingle);

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
    public static One<T> Horner(One<T> p, One<T> x, double a, double b, double c, double d)
        => FusedMultiplyAdd(FusedMultiplyAdd(FusedMultiplyAdd(FusedMultiplyAdd(p, x, Of(a)), x, Of(b)), x, Of(c)), x, Of(d));

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
        if (typeof(T) == typeof(double))
        {
            double two = BitConverter.Int64BitsToDouble(((long)As<double>(n.Value) + 1023) << 52);
            return new(Unsafe.BitCast<double, T>(two));
        }

        return new(Unsafe.BitCast<float, T>(BitConverter.Int32BitsToSingle(((int)As<float>(n.Value) + 127) << 23)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> AtMost(One<T> x, One<T> limit) => x.Value > limit.Value ? limit : x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> AtLeast(One<T> x, One<T> limit) => limit.Value > x.Value ? limit : x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Scale(One<T> x, One<T> n)
    {
        // in two factors, since 2ⁿ alone may be no normal number; only the last product is rounded
        One<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (One<T> Exponent, One<T> Significand) Split(One<T> x)
    {
        if (IsDouble)
        {
            double d = As<double>(x.Value);
            bool small = d < 2.2250738585072014e-308;
            long bits = BitConverter.DoubleToInt64Bits(small ? d * 18014398509481984 : d);
            double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
            return (new(Unsafe.BitCast<double, T>((bits >> 52) - 1023 - (small ? 54 : 0))), new(Unsafe.BitCast<double, T>(m)));
        }

        float s = As<float>(x.Value);
        bool raised = s < 1.17549435e-38f;
        int digits = BitConverter.SingleToInt32Bits(raised ? s * 33554432 : s);
        float significand = BitConverter.Int32BitsToSingle((digits & 0x007F_FFFF) | 0x3F80_0000);
        return (new(Unsafe.BitCast<float, T>((digits >> 23) - 127 - (raised ? 25 : 0))), new(Unsafe.BitCast<float, T>(significand)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> SineOf(One<T> x) => new(SineOfOne.Invoke(x.Value, x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> CosineOf(One<T> x) => new(CosineOfOne.Invoke(x.Value, x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllGreater(One<T> a, One<T> b) => a.Value > b.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static One<T> Choose(One<T> index,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15)
    {
        ReadOnlySpan<double> numbers = [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15];
        return Of(numbers[int.CreateTruncating(index.Value) & 15]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> ByPrecision<TFormula>(One<T> x) where TFormula : struct, IPrecisionFormula
        => typeof(T) == typeof(double) ? TFormula.Double(x) : TFormula.Single(x);

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
        get => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TTo>(T value) where TTo : unmanaged => Unsafe.BitCast<T, TTo>(value);
}
