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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IVectorLane<Lane128<T>, T>.Sum(Lane128<T> x) => Vector128.Sum(x.Value);

    static unsafe void IVectorLane<Lane128<T>, T>.AddSums(Lane128<T> a, Lane128<T> b, Lane128<T> c, Lane128<T> d, T* target)
    {
        target[0] += Vector128.Sum(a.Value);
        target[1] += Vector128.Sum(b.Value);
        target[2] += Vector128.Sum(c.Value);
        target[3] += Vector128.Sum(d.Value);
    }

    static T IVectorLane<Lane128<T>, T>.Greatest(Lane128<T> x) => GreatestOf(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T GreatestOf(Vector128<T> x)
    {
        if (typeof(T) == typeof(double)) return Vector128.Max(x, Vector128.Shuffle(x.AsDouble(), Vector128.Create(1, 0)).As<double, T>()).ToScalar();
        Vector128<T> pairs = Vector128.Max(x, Vector128.Shuffle(x.AsSingle(), Vector128.Create(2, 3, 0, 1)).As<float, T>());
        return Vector128.Max(pairs, Vector128.Shuffle(pairs.AsSingle(), Vector128.Create(1, 0, 3, 2)).As<float, T>()).ToScalar();
    }

    // T.CreateTruncating would do, but its code is long, and what the compiler inlines into one loop is limited
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Of(double value) => typeof(T) == typeof(double) ? new(Vector128.Create(value).As<double, T>()) : new(Vector128.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Of(double inDouble, double inSingle)
        => typeof(T) == typeof(double) ? new(Vector128.Create(inDouble).As<double, T>()) : new(Vector128.Create((float)inSingle).As<float, T>());

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
    public static Lane128<T> FusedMultiplyAdd(Lane128<T> a, Lane128<T> b, Lane128<T> c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Horner(Lane128<T> p, Lane128<T> x, double a, double b, double c, double d)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<double> v = x.Value.AsDouble(), y = Vector128.FusedMultiplyAdd(p.Value.AsDouble(), v, Vector128.Create(a));
            y = Vector128.FusedMultiplyAdd(y, v, Vector128.Create(b));
            y = Vector128.FusedMultiplyAdd(y, v, Vector128.Create(c));
            return new(Vector128.FusedMultiplyAdd(y, v, Vector128.Create(d)).As<double, T>());
        }
        else
        {
            Vector128<float> v = x.Value.AsSingle(), y = Vector128.FusedMultiplyAdd(p.Value.AsSingle(), v, Vector128.Create((float)a));
            y = Vector128.FusedMultiplyAdd(y, v, Vector128.Create((float)b));
            y = Vector128.FusedMultiplyAdd(y, v, Vector128.Create((float)c));
            return new(Vector128.FusedMultiplyAdd(y, v, Vector128.Create((float)d)).As<float, T>());
        }
    }

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
    public static Lane128<T> PowerOfTwo(Lane128<T> n) => typeof(T) == typeof(double)
        ? From((n + Of(Shifter + 1023)).Value.AsInt64() << 52)
        : From((n + Of(Shifter + 127)).Value.AsInt32() << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Scale(Lane128<T> x, Lane128<T> n)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(double)
                ? new(Avx512F.VL.Scale(x.Value.AsDouble(), n.Value.AsDouble()).As<double, T>())
                : new(Avx512F.VL.Scale(x.Value.AsSingle(), n.Value.AsSingle()).As<float, T>());

        // in two factors, since 2ⁿ alone may be no normal number; only the last product is rounded
        Lane128<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    // of two numbers that do not compare, these instructions give the second
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AtMost(Lane128<T> x, Lane128<T> limit)
        => Sse2.IsSupported
            ? typeof(T) == typeof(double) ? From(Sse2.Min(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Sse.Min(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(x, limit, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AtLeast(Lane128<T> x, Lane128<T> limit)
        => Sse2.IsSupported
            ? typeof(T) == typeof(double) ? From(Sse2.Max(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Sse.Max(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(limit, x, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane128<T> Exponent, Lane128<T> Significand) Split(Lane128<T> x)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(double)
                ? (From(Avx512F.VL.GetExponent(x.Value.AsDouble())), From(Avx512F.VL.GetMantissa(x.Value.AsDouble(), 0)))
                : (From(Avx512F.VL.GetExponent(x.Value.AsSingle())), From(Avx512F.VL.GetMantissa(x.Value.AsSingle(), 0)));

        // a subnormal number is brought up first
        Lane128<T> smallest = PowerOfTwo(Of(-1022, -126)), step = Of(54, 25);
        Lane128<T> normal = IfGreater(smallest, x, x * PowerOfTwo(step), x), raised = IfGreater(smallest, x, step, Of(0));
        return typeof(T) == typeof(double)
            ? (From((normal.Value.AsInt64() >>> 52) | Vector128.Create(0x4330_0000_0000_0000)) - Of(4503599627370496.0 + 1023) - raised,
                From((normal.Value.AsInt64() & Vector128.Create(0x000F_FFFF_FFFF_FFFF)) | Vector128.Create(0x3FF0_0000_0000_0000)))
            : (From((normal.Value.AsInt32() >>> 23) | Vector128.Create(0x4B00_0000)) - Of(8388608.0 + 127) - raised,
                From((normal.Value.AsInt32() & Vector128.Create(0x007F_FFFF)) | Vector128.Create(0x3F80_0000)));
    }

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
    public static bool AllGreater(Lane128<T> a, Lane128<T> b) => Vector128.GreaterThanAll(a.Value, b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Choose(Lane128<T> index,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<T> y = default;
            for (int i = 0; i < Vector128<T>.Count; i++)
                y = y.WithElement(i, One<T>.Choose(new(index.Value.GetElement(i)), c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15).Value);
            return new(y);
        }
        else
        {
            Vector128<int> at = (index + Of(Shifter)).Value.AsInt32(), within = at & Vector128.Create(3);
            Vector128<float> a = Vector128.ShuffleNative(Vector128.Create((float)c0, (float)c1, (float)c2, (float)c3), within);
            Vector128<float> b = Vector128.ShuffleNative(Vector128.Create((float)c4, (float)c5, (float)c6, (float)c7), within);
            Vector128<float> c = Vector128.ShuffleNative(Vector128.Create((float)c8, (float)c9, (float)c10, (float)c11), within);
            Vector128<float> d = Vector128.ShuffleNative(Vector128.Create((float)c12, (float)c13, (float)c14, (float)c15), within);
            Vector128<float> even = Vector128.Equals(at & Vector128.Create(4), Vector128<int>.Zero).AsSingle();
            Vector128<float> low = Vector128.Equals(at & Vector128.Create(8), Vector128<int>.Zero).AsSingle();
            return From(Vector128.ConditionalSelect(low, Vector128.ConditionalSelect(even, a, b), Vector128.ConditionalSelect(even, c, d)));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> ByPrecision<TFormula>(Lane128<T> x) where TFormula : struct, IPrecisionFormula
        => typeof(T) == typeof(double) ? TFormula.Double(x) : TFormula.Single(x);

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
        get => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;
    }

    private static Vector128<T> SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(T.NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane128<T> From<TFrom>(Vector128<TFrom> value) => new(value.As<TFrom, T>());
}
