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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IVectorLane<Lane256<T>, T>.Sum(Lane256<T> x) => Vector256.Sum(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<Lane256<T>, T>.AddSums(Lane256<T> a, Lane256<T> b, Lane256<T> c, Lane256<T> d, T* target)
        => AddSumsOf(a.Value, b.Value, c.Value, d.Value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void AddSumsOf(Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, T* target)
    {
        if (!Avx.IsSupported)
        {
            target[0] += Vector256.Sum(a);
            target[1] += Vector256.Sum(b);
            target[2] += Vector256.Sum(c);
            target[3] += Vector256.Sum(d);
        }
        else if (typeof(T) == typeof(double))
        {
            // neighbours, then halves
            Vector256<double> x = Avx.HorizontalAdd(a.AsDouble(), b.AsDouble()), y = Avx.HorizontalAdd(c.AsDouble(), d.AsDouble());
            Vector256<double> sums = Avx.Permute2x128(x, y, 0x21) + Avx.Blend(x, y, 0b1100);
            (Vector256.Load((double*)target) + sums).Store((double*)target);
        }
        else
        {
            Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(a.AsSingle(), b.AsSingle()), Avx.HorizontalAdd(c.AsSingle(), d.AsSingle()));
            (Vector128.Load((float*)target) + (sums.GetLower() + sums.GetUpper())).Store((float*)target);
        }
    }

    static T IVectorLane<Lane256<T>, T>.Greatest(Lane256<T> x) => GreatestOf(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T GreatestOf(Vector256<T> x) => Lane128<T>.GreatestOf(Vector128.Max(x.GetLower(), x.GetUpper()));

    // T.CreateTruncating would do, but its code is long, and what the compiler inlines into one loop is limited
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Of(double value) => typeof(T) == typeof(double) ? new(Vector256.Create(value).As<double, T>()) : new(Vector256.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Of(double inDouble, double inSingle)
        => typeof(T) == typeof(double) ? new(Vector256.Create(inDouble).As<double, T>()) : new(Vector256.Create((float)inSingle).As<float, T>());

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
    public static Lane256<T> FusedMultiplyAdd(Lane256<T> a, Lane256<T> b, Lane256<T> c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Horner(Lane256<T> p, Lane256<T> x, double a, double b, double c, double d)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<double> v = x.Value.AsDouble(), y = Vector256.FusedMultiplyAdd(p.Value.AsDouble(), v, Vector256.Create(a));
            y = Vector256.FusedMultiplyAdd(y, v, Vector256.Create(b));
            y = Vector256.FusedMultiplyAdd(y, v, Vector256.Create(c));
            return new(Vector256.FusedMultiplyAdd(y, v, Vector256.Create(d)).As<double, T>());
        }
        else
        {
            Vector256<float> v = x.Value.AsSingle(), y = Vector256.FusedMultiplyAdd(p.Value.AsSingle(), v, Vector256.Create((float)a));
            y = Vector256.FusedMultiplyAdd(y, v, Vector256.Create((float)b));
            y = Vector256.FusedMultiplyAdd(y, v, Vector256.Create((float)c));
            return new(Vector256.FusedMultiplyAdd(y, v, Vector256.Create((float)d)).As<float, T>());
        }
    }

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
    public static Lane256<T> PowerOfTwo(Lane256<T> n) => typeof(T) == typeof(double)
        ? From((n + Of(Shifter + 1023)).Value.AsInt64() << 52)
        : From((n + Of(Shifter + 127)).Value.AsInt32() << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Scale(Lane256<T> x, Lane256<T> n)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(double)
                ? new(Avx512F.VL.Scale(x.Value.AsDouble(), n.Value.AsDouble()).As<double, T>())
                : new(Avx512F.VL.Scale(x.Value.AsSingle(), n.Value.AsSingle()).As<float, T>());

        // in two factors, since 2ⁿ alone may be no normal number; only the last product is rounded
        Lane256<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    // of two numbers that do not compare, these instructions give the second
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AtMost(Lane256<T> x, Lane256<T> limit)
        => Avx.IsSupported
            ? typeof(T) == typeof(double) ? From(Avx.Min(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx.Min(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(x, limit, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AtLeast(Lane256<T> x, Lane256<T> limit)
        => Avx.IsSupported
            ? typeof(T) == typeof(double) ? From(Avx.Max(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx.Max(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(limit, x, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane256<T> Exponent, Lane256<T> Significand) Split(Lane256<T> x)
    {
        if (Avx512F.VL.IsSupported)
            return typeof(T) == typeof(double)
                ? (From(Avx512F.VL.GetExponent(x.Value.AsDouble())), From(Avx512F.VL.GetMantissa(x.Value.AsDouble(), 0)))
                : (From(Avx512F.VL.GetExponent(x.Value.AsSingle())), From(Avx512F.VL.GetMantissa(x.Value.AsSingle(), 0)));

        // a subnormal number is brought up first
        Lane256<T> smallest = PowerOfTwo(Of(-1022, -126)), step = Of(54, 25);
        Lane256<T> normal = IfGreater(smallest, x, x * PowerOfTwo(step), x), raised = IfGreater(smallest, x, step, Of(0));
        return typeof(T) == typeof(double)
            ? (From((normal.Value.AsInt64() >>> 52) | Vector256.Create(0x4330_0000_0000_0000)) - Of(4503599627370496.0 + 1023) - raised,
                From((normal.Value.AsInt64() & Vector256.Create(0x000F_FFFF_FFFF_FFFF)) | Vector256.Create(0x3FF0_0000_0000_0000)))
            : (From((normal.Value.AsInt32() >>> 23) | Vector256.Create(0x4B00_0000)) - Of(8388608.0 + 127) - raised,
                From((normal.Value.AsInt32() & Vector256.Create(0x007F_FFFF)) | Vector256.Create(0x3F80_0000)));
    }

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
    public static bool AllGreater(Lane256<T> a, Lane256<T> b) => Vector256.GreaterThanAll(a.Value, b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Choose(Lane256<T> index,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<T> y = default;
            for (int i = 0; i < Vector256<T>.Count; i++)
                y = y.WithElement(i, One<T>.Choose(new(index.Value.GetElement(i)), c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15).Value);
            return new(y);
        }
        else
        {
            Vector256<int> at = (index + Of(Shifter)).Value.AsInt32(), within = at & Vector256.Create(7);
            Vector256<float> low = Vector256.ShuffleNative(Vector256.Create((float)c0, (float)c1, (float)c2, (float)c3, (float)c4, (float)c5, (float)c6, (float)c7), within);
            Vector256<float> high = Vector256.ShuffleNative(Vector256.Create((float)c8, (float)c9, (float)c10, (float)c11, (float)c12, (float)c13, (float)c14, (float)c15), within);
            return From(Vector256.ConditionalSelect(Vector256.Equals(at & Vector256.Create(8), Vector256<int>.Zero).AsSingle(), low, high));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> ByPrecision<TFormula>(Lane256<T> x) where TFormula : struct, IPrecisionFormula
        => typeof(T) == typeof(double) ? TFormula.Double(x) : TFormula.Single(x);

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
        get => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;
    }

    private static Vector256<T> SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(T.NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane256<T> From<TFrom>(Vector256<TFrom> value) => new(value.As<TFrom, T>());
}
