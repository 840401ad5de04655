using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff;

/// <summary>256 bits of numbers side by side: the SIMD reading of a formula.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The numbers.</param>
public readonly record struct Lane256<T>(Vector256<T> Value) : ILane<Lane256<T>>, IVectorLane<Lane256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    static int IVectorLane<Lane256<T>, T>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Lane256<T> IVectorLane<Lane256<T>, T>.Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<Lane256<T>, T>.Store(Lane256<T> x, T* target) => x.Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane256<T> IVectorLane<Lane256<T>, T>.Broadcast(T value) => new(Vector256.Create(value));

    static T IVectorLane<Lane256<T>, T>.Sum(Lane256<T> x) => Vector256.Sum(x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Of(double value) => new(Vector256.Create(T.CreateTruncating(value)));

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> a, Lane256<T> b) => new(a.Value + b.Value);

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a, Lane256<T> b) => new(a.Value - b.Value);

    /// <summary>a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(Lane256<T> a, Lane256<T> b) => new(a.Value * b.Value);

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator /(Lane256<T> a, Lane256<T> b) => new(a.Value / b.Value);

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfGreater(Lane256<T> a, Lane256<T> b, Lane256<T> then, Lane256<T> otherwise)
        => new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfEqual(Lane256<T> a, Lane256<T> b, Lane256<T> then, Lane256<T> otherwise)
        => new(Vector256.ConditionalSelect(Vector256.Equals(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> FusedMultiplyAdd(Lane256<T> a, Lane256<T> b, Lane256<T> c) => IsDouble
        ? From(Vector256.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()))
        : From(Vector256.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> SquareRoot(Lane256<T> x) => new(Vector256.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Magnitude(Lane256<T> x) => new(Vector256.AndNot(x.Value, SignBit));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> CopySign(Lane256<T> x, Lane256<T> sign) => new(Vector256.AndNot(x.Value, SignBit) | (sign.Value & SignBit));

    // adding 1.5·2^52 (1.5·2^23) leaves the integer in the low bits: no conversion instruction is needed, at any width
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> RoundToEven(Lane256<T> x) => (x + Of(Shifter)) - Of(Shifter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> PowerOfTwo(Lane256<T> n) => IsDouble
        ? From((n + Of(Shifter + 1023)).Value.AsInt64() << 52)
        : From((n + Of(Shifter + 127)).Value.AsInt32() << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Scale(Lane256<T> x, Lane256<T> n)
    {
        if (Avx512F.VL.IsSupported) return IsDouble ? From(Avx512F.VL.Scale(x.Value.AsDouble(), n.Value.AsDouble())) : From(Avx512F.VL.Scale(x.Value.AsSingle(), n.Value.AsSingle()));

        // two factors, since 2^n alone may be no normal number; the first product is exact
        Lane256<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    // of two numbers that do not compare, these instructions give the second
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AtMost(Lane256<T> x, Lane256<T> limit)
        => Avx.IsSupported
            ? IsDouble ? From(Avx.Min(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx.Min(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(x, limit, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AtLeast(Lane256<T> x, Lane256<T> limit)
        => Avx.IsSupported
            ? IsDouble ? From(Avx.Max(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx.Max(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(limit, x, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Exponent(Lane256<T> x) => IsDouble
        ? From((x.Value.AsInt64() >>> 52) | Vector256.Create(0x4330_0000_0000_0000)) - Of(4503599627370496.0 + 1023)
        : From((x.Value.AsInt32() >>> 23) | Vector256.Create(0x4B00_0000)) - Of(8388608.0 + 127);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Significand(Lane256<T> x) => IsDouble
        ? From((x.Value.AsInt64() & Vector256.Create(0x000F_FFFF_FFFF_FFFF)) | Vector256.Create(0x3FF0_0000_0000_0000))
        : From((x.Value.AsInt32() & Vector256.Create(0x007F_FFFF)) | Vector256.Create(0x3F80_0000));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> SineOf(Lane256<T> x)
        => Vector256.LessThanOrEqualAll(Vector256.Abs(x.Value), Trigonometry.Limit<Lane256<T>>().Value) ? Trigonometry.Sine(x) : Each<SineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> CosineOf(Lane256<T> x)
        => Vector256.LessThanOrEqualAll(Vector256.Abs(x.Value), Trigonometry.Limit<Lane256<T>>().Value) ? Trigonometry.Cosine(x) : Each<CosineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Each<TFunction>(Lane256<T> a, Lane256<T> b) where TFunction : struct, IScalarFunction
    {
        Vector256<T> y = default;
        for (int i = 0; i < Vector256<T>.Count; i++) y = y.WithElement(i, TFunction.Invoke(a.Value.GetElement(i), b.Value.GetElement(i)));
        return new(y);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Apply<TOp>(Lane256<T> x) where TOp : struct, IUnary<TOp> => TOp.Primal(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Apply<TOp>(Lane256<T> a, Lane256<T> b) where TOp : struct, IBinary<TOp> => TOp.Primal(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Apply<TOp>(Lane256<T> a, Lane256<T> b, Lane256<T> c) where TOp : struct, ITernary<TOp> => TOp.Primal(a, b, c);

    private static double Shifter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsDouble ? 6755399441055744.0 : 12582912.0;
    }

    private static Vector256<T> SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(T.NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane256<T> From<TFrom>(Vector256<TFrom> value) => new(value.As<TFrom, T>());
}
