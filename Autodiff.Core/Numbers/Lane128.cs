using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff;

/// <summary>128 bits of numbers side by side: the SIMD reading of a formula.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The numbers.</param>
public readonly record struct Lane128<T>(Vector128<T> Value) : ILane<Lane128<T>>, IVectorLane<Lane128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    static int IVectorLane<Lane128<T>, T>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Lane128<T> IVectorLane<Lane128<T>, T>.Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<Lane128<T>, T>.Store(Lane128<T> x, T* target) => x.Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane128<T> IVectorLane<Lane128<T>, T>.Broadcast(T value) => new(Vector128.Create(value));

    static T IVectorLane<Lane128<T>, T>.Sum(Lane128<T> x) => Vector128.Sum(x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Of(double value) => new(Vector128.Create(T.CreateTruncating(value)));

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator +(Lane128<T> a, Lane128<T> b) => new(a.Value + b.Value);

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a, Lane128<T> b) => new(a.Value - b.Value);

    /// <summary>a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator *(Lane128<T> a, Lane128<T> b) => new(a.Value * b.Value);

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator /(Lane128<T> a, Lane128<T> b) => new(a.Value / b.Value);

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfGreater(Lane128<T> a, Lane128<T> b, Lane128<T> then, Lane128<T> otherwise)
        => new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfEqual(Lane128<T> a, Lane128<T> b, Lane128<T> then, Lane128<T> otherwise)
        => new(Vector128.ConditionalSelect(Vector128.Equals(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> FusedMultiplyAdd(Lane128<T> a, Lane128<T> b, Lane128<T> c) => IsDouble
        ? From(Vector128.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()))
        : From(Vector128.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> SquareRoot(Lane128<T> x) => new(Vector128.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Magnitude(Lane128<T> x) => new(Vector128.AndNot(x.Value, SignBit));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> CopySign(Lane128<T> x, Lane128<T> sign) => new(Vector128.AndNot(x.Value, SignBit) | (sign.Value & SignBit));

    // adding 1.5·2^52 (1.5·2^23) leaves the integer in the low bits: no conversion instruction is needed, at any width
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> RoundToEven(Lane128<T> x) => (x + Of(Shifter)) - Of(Shifter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> PowerOfTwo(Lane128<T> n) => IsDouble
        ? From((n + Of(Shifter + 1023)).Value.AsInt64() << 52)
        : From((n + Of(Shifter + 127)).Value.AsInt32() << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Scale(Lane128<T> x, Lane128<T> n)
    {
        if (Avx512F.VL.IsSupported) return IsDouble ? From(Avx512F.VL.Scale(x.Value.AsDouble(), n.Value.AsDouble())) : From(Avx512F.VL.Scale(x.Value.AsSingle(), n.Value.AsSingle()));

        // two factors, since 2^n alone may be no normal number; the first product is exact
        Lane128<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    // of two numbers that do not compare, these instructions give the second
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AtMost(Lane128<T> x, Lane128<T> limit)
        => Sse2.IsSupported
            ? IsDouble ? From(Sse2.Min(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Sse.Min(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(x, limit, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AtLeast(Lane128<T> x, Lane128<T> limit)
        => Sse2.IsSupported
            ? IsDouble ? From(Sse2.Max(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Sse.Max(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(limit, x, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Exponent(Lane128<T> x) => IsDouble
        ? From((x.Value.AsInt64() >>> 52) | Vector128.Create(0x4330_0000_0000_0000)) - Of(4503599627370496.0 + 1023)
        : From((x.Value.AsInt32() >>> 23) | Vector128.Create(0x4B00_0000)) - Of(8388608.0 + 127);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Significand(Lane128<T> x) => IsDouble
        ? From((x.Value.AsInt64() & Vector128.Create(0x000F_FFFF_FFFF_FFFF)) | Vector128.Create(0x3FF0_0000_0000_0000))
        : From((x.Value.AsInt32() & Vector128.Create(0x007F_FFFF)) | Vector128.Create(0x3F80_0000));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> SineOf(Lane128<T> x)
        => Vector128.LessThanOrEqualAll(Vector128.Abs(x.Value), Trigonometry.Limit<Lane128<T>>().Value) ? Trigonometry.Sine(x) : Each<SineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> CosineOf(Lane128<T> x)
        => Vector128.LessThanOrEqualAll(Vector128.Abs(x.Value), Trigonometry.Limit<Lane128<T>>().Value) ? Trigonometry.Cosine(x) : Each<CosineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Each<TFunction>(Lane128<T> a, Lane128<T> b) where TFunction : struct, IScalarFunction
    {
        Vector128<T> y = default;
        for (int i = 0; i < Vector128<T>.Count; i++) y = y.WithElement(i, TFunction.Invoke(a.Value.GetElement(i), b.Value.GetElement(i)));
        return new(y);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Apply<TOp>(Lane128<T> x) where TOp : struct, IUnary<TOp> => TOp.Primal(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Apply<TOp>(Lane128<T> a, Lane128<T> b) where TOp : struct, IBinary<TOp> => TOp.Primal(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Apply<TOp>(Lane128<T> a, Lane128<T> b, Lane128<T> c) where TOp : struct, ITernary<TOp> => TOp.Primal(a, b, c);

    private static double Shifter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsDouble ? 6755399441055744.0 : 12582912.0;
    }

    private static Vector128<T> SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(T.NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane128<T> From<TFrom>(Vector128<TFrom> value) => new(value.As<TFrom, T>());
}
