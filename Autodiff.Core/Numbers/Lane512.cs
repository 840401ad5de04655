using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff;

/// <summary>512 bits of numbers side by side: the SIMD reading of a formula.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The numbers.</param>
public readonly record struct Lane512<T>(Vector512<T> Value) : ILane<Lane512<T>>, IVectorLane<Lane512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    static int IVectorLane<Lane512<T>, T>.Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Lane512<T> IVectorLane<Lane512<T>, T>.Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<Lane512<T>, T>.Store(Lane512<T> x, T* target) => x.Value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane512<T> IVectorLane<Lane512<T>, T>.Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IVectorLane<Lane512<T>, T>.Sum(Lane512<T> x) => Vector512.Sum(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IVectorLane<Lane512<T>, T>.AddSums(Lane512<T> a, Lane512<T> b, Lane512<T> c, Lane512<T> d, T* target)
        => Lane256<T>.AddSumsOf(Folded(a), Folded(b), Folded(c), Folded(d), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Folded(Lane512<T> x) => x.Value.GetLower() + x.Value.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IVectorLane<Lane512<T>, T>.Greatest(Lane512<T> x) => Lane256<T>.GreatestOf(Vector256.Max(x.Value.GetLower(), x.Value.GetUpper()));

    // T.CreateTruncating would do, but its code is long, and what the compiler inlines into one loop is limited
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Of(double value) => typeof(T) == typeof(double) ? new(Vector512.Create(value).As<double, T>()) : new(Vector512.Create((float)value).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Of(double inDouble, double inSingle)
        => typeof(T) == typeof(double) ? new(Vector512.Create(inDouble).As<double, T>()) : new(Vector512.Create((float)inSingle).As<float, T>());

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator +(Lane512<T> a, Lane512<T> b) => new(a.Value + b.Value);

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator -(Lane512<T> a, Lane512<T> b) => new(a.Value - b.Value);

    /// <summary>a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator *(Lane512<T> a, Lane512<T> b) => new(a.Value * b.Value);

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator /(Lane512<T> a, Lane512<T> b) => new(a.Value / b.Value);

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator -(Lane512<T> x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> IfGreater(Lane512<T> a, Lane512<T> b, Lane512<T> then, Lane512<T> otherwise)
        => new(Vector512.ConditionalSelect(Vector512.GreaterThan(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> IfEqual(Lane512<T> a, Lane512<T> b, Lane512<T> then, Lane512<T> otherwise)
        => new(Vector512.ConditionalSelect(Vector512.Equals(a.Value, b.Value), then.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> FusedMultiplyAdd(Lane512<T> a, Lane512<T> b, Lane512<T> c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Horner(Lane512<T> p, Lane512<T> x, double a, double b, double c, double d)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<double> v = x.Value.AsDouble(), y = Vector512.FusedMultiplyAdd(p.Value.AsDouble(), v, Vector512.Create(a));
            y = Vector512.FusedMultiplyAdd(y, v, Vector512.Create(b));
            y = Vector512.FusedMultiplyAdd(y, v, Vector512.Create(c));
            return new(Vector512.FusedMultiplyAdd(y, v, Vector512.Create(d)).As<double, T>());
        }
        else
        {
            Vector512<float> v = x.Value.AsSingle(), y = Vector512.FusedMultiplyAdd(p.Value.AsSingle(), v, Vector512.Create((float)a));
            y = Vector512.FusedMultiplyAdd(y, v, Vector512.Create((float)b));
            y = Vector512.FusedMultiplyAdd(y, v, Vector512.Create((float)c));
            return new(Vector512.FusedMultiplyAdd(y, v, Vector512.Create((float)d)).As<float, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> SquareRoot(Lane512<T> x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Magnitude(Lane512<T> x) => new(Vector512.AndNot(x.Value, SignBit));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> CopySign(Lane512<T> x, Lane512<T> sign) => new(Vector512.AndNot(x.Value, SignBit) | (sign.Value & SignBit));

    // adding 1.5·2^52 (1.5·2^23) leaves the integer in the low bits: no conversion instruction is needed, at any width
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> RoundToEven(Lane512<T> x) => (x + Of(Shifter)) - Of(Shifter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> PowerOfTwo(Lane512<T> n) => typeof(T) == typeof(double)
        ? From((n + Of(Shifter + 1023)).Value.AsInt64() << 52)
        : From((n + Of(Shifter + 127)).Value.AsInt32() << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Scale(Lane512<T> x, Lane512<T> n)
    {
        if (Avx512F.IsSupported)
            return typeof(T) == typeof(double)
                ? new(Avx512F.Scale(x.Value.AsDouble(), n.Value.AsDouble()).As<double, T>())
                : new(Avx512F.Scale(x.Value.AsSingle(), n.Value.AsSingle()).As<float, T>());

        // in two factors, since 2ⁿ alone may be no normal number; only the last product is rounded
        Lane512<T> half = RoundToEven(n * Of(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    // of two numbers that do not compare, these instructions give the second
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> AtMost(Lane512<T> x, Lane512<T> limit)
        => Avx512F.IsSupported
            ? typeof(T) == typeof(double) ? From(Avx512F.Min(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx512F.Min(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(x, limit, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> AtLeast(Lane512<T> x, Lane512<T> limit)
        => Avx512F.IsSupported
            ? typeof(T) == typeof(double) ? From(Avx512F.Max(limit.Value.AsDouble(), x.Value.AsDouble())) : From(Avx512F.Max(limit.Value.AsSingle(), x.Value.AsSingle()))
            : IfGreater(limit, x, limit, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane512<T> Exponent, Lane512<T> Significand) Split(Lane512<T> x)
    {
        if (Avx512F.IsSupported)
            return typeof(T) == typeof(double)
                ? (From(Avx512F.GetExponent(x.Value.AsDouble())), From(Avx512F.GetMantissa(x.Value.AsDouble(), 0)))
                : (From(Avx512F.GetExponent(x.Value.AsSingle())), From(Avx512F.GetMantissa(x.Value.AsSingle(), 0)));

        // a subnormal number is brought up first
        Lane512<T> smallest = PowerOfTwo(Of(-1022, -126)), step = Of(54, 25);
        Lane512<T> normal = IfGreater(smallest, x, x * PowerOfTwo(step), x), raised = IfGreater(smallest, x, step, Of(0));
        return typeof(T) == typeof(double)
            ? (From((normal.Value.AsInt64() >>> 52) | Vector512.Create(0x4330_0000_0000_0000)) - Of(4503599627370496.0 + 1023) - raised,
                From((normal.Value.AsInt64() & Vector512.Create(0x000F_FFFF_FFFF_FFFF)) | Vector512.Create(0x3FF0_0000_0000_0000)))
            : (From((normal.Value.AsInt32() >>> 23) | Vector512.Create(0x4B00_0000)) - Of(8388608.0 + 127) - raised,
                From((normal.Value.AsInt32() & Vector512.Create(0x007F_FFFF)) | Vector512.Create(0x3F80_0000)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> SineOf(Lane512<T> x)
        => Vector512.LessThanOrEqualAll(Vector512.Abs(x.Value), Trigonometry.Limit<Lane512<T>>().Value) ? Trigonometry.Sine(x) : Each<SineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> CosineOf(Lane512<T> x)
        => Vector512.LessThanOrEqualAll(Vector512.Abs(x.Value), Trigonometry.Limit<Lane512<T>>().Value) ? Trigonometry.Cosine(x) : Each<CosineOfOne>(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllGreater(Lane512<T> a, Lane512<T> b) => Vector512.GreaterThanAll(a.Value, b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Choose(Lane512<T> index,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<T> y = default;
            for (int i = 0; i < Vector512<T>.Count; i++)
                y = y.WithElement(i, One<T>.Choose(new(index.Value.GetElement(i)), c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15).Value);
            return new(y);
        }
        else
        {
            Vector512<float> numbers = Vector512.Create((float)c0, (float)c1, (float)c2, (float)c3, (float)c4, (float)c5, (float)c6, (float)c7,
                (float)c8, (float)c9, (float)c10, (float)c11, (float)c12, (float)c13, (float)c14, (float)c15);

            // the instruction reads the low four bits, where adding the shifter has left the integer
            Vector512<int> at = (index + Of(Shifter)).Value.AsInt32();
            return From(Avx512F.IsSupported ? Avx512F.PermuteVar16x32(numbers, at) : Vector512.ShuffleNative(numbers, at & Vector512.Create(15)));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> ByPrecision<TFormula>(Lane512<T> x) where TFormula : struct, IPrecisionFormula
        => typeof(T) == typeof(double) ? TFormula.Double(x) : TFormula.Single(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Each<TFunction>(Lane512<T> a, Lane512<T> b) where TFunction : struct, IScalarFunction
    {
        Vector512<T> y = default;
        for (int i = 0; i < Vector512<T>.Count; i++) y = y.WithElement(i, TFunction.Invoke(a.Value.GetElement(i), b.Value.GetElement(i)));
        return new(y);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Apply<TOp>(Lane512<T> x) where TOp : struct, IUnary<TOp> => TOp.Primal(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Apply<TOp>(Lane512<T> a, Lane512<T> b) where TOp : struct, IBinary<TOp> => TOp.Primal(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Apply<TOp>(Lane512<T> a, Lane512<T> b, Lane512<T> c) where TOp : struct, ITernary<TOp> => TOp.Primal(a, b, c);

    private static double Shifter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;
    }

    private static Vector512<T> SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(T.NegativeZero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane512<T> From<TFrom>(Vector512<TFrom> value) => new(value.As<TFrom, T>());
}
