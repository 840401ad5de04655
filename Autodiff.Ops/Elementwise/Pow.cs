using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Power: y = aᵇ.</summary>
/// <remarks>
/// ∂y/∂a = b·a^(b−1), and 0 where b = 0 (also at a = 0 and ∞); ∂y/∂b = y·ln a, and 0 where a = 0 and b ≥ 0 (the limit; libtorch agrees). 0⁰ = 1.
/// A negative a with an integer b is a real number, with the derivative by a; its derivative by b is NaN. A negative a with another b is NaN.
/// Zeros, infinities, 1^NaN = 1 and NaN⁰ = 1 as in <see cref="Math.Pow"/> (IEEE 754-2019, 9.2.1). Accuracy: at most 1 unit in the last place, so that powers that are
/// numbers of the type come out exactly; subnormal results are rounded. Method: e^(b·ln a) by <see cref="TwoParts"/>.
/// </remarks>
public readonly struct Pow : IBinary<Pow>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Positive, Autodiff.Domain.In((-1.5, -0.5), (0.5, 2.5)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R infinity = R.Of(double.PositiveInfinity);
        bool usual = R.AllGreater(a, R.Of(0)) && R.AllGreater(infinity, a) && R.AllGreater(infinity, R.Magnitude(b));
        return usual ? Exponential(b, TwoParts.Log(a)) : Anywhere(a, b);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(b, R.Of(0), R.Of(0), b * R.Apply<Pow>(a, b - R.Of(1)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(a, R.Of(0), R.IfGreater(R.Of(0), b, y * R.Of(double.NegativeInfinity), R.IfEqual(b, b, R.Of(0), b)), y * a.Log());

    // e^(b·log)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Exponential<R>(R b, (R High, R Low) log) where R : struct, ILane<R>
    {
        // the limit only keeps the exponent within bounds; a NaN passes the comparison
        R limit = R.Of(1400, 170), p = b * log.High, c = R.Magnitude(p);
        R rest = R.IfGreater(limit, c, R.FusedMultiplyAdd(b, log.Low, R.FusedMultiplyAdd(b, log.High, -p)), R.Of(0));
        return TwoParts.Exp(R.IfGreater(c, limit, R.CopySign(limit, p), p), rest);
    }

    // zeros, infinities, NaN and negative numbers among the lane; the others come out as above
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Anywhere<R>(R a, R b) where R : struct, ILane<R>
    {
        R zero = R.Of(0), one = R.Of(1), infinity = R.Of(double.PositiveInfinity), x = R.Magnitude(a);
        (R high, R low) = TwoParts.Log(x);
        high = R.IfEqual(x, zero, -infinity, R.IfGreater(infinity, x, high, x));

        // 1 to any power, and anything to the power 0
        R y = Exponential(R.IfEqual(x, one, zero, b), (high, low));
        return WithSign(a, b, R.IfEqual(b, zero, one, y));
    }

    // an odd b gives y the sign of a; a finite negative a has no real power but of an integer b
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R WithSign<R>(R a, R b, R y) where R : struct, ILane<R>
    {
        R one = R.Of(1), x = R.Magnitude(a), c = R.Magnitude(b), half = R.Of(0.5) * c, whole = Whole(c);
        R sign = R.IfEqual(whole, c, R.IfEqual(Whole(half), half, one, a), one);
        R ofNegative = R.IfEqual(whole, c, y, R.IfEqual(x, R.Of(double.PositiveInfinity), y, R.Of(double.NaN)));
        return R.CopySign(R.IfGreater(R.Of(0), a, ofNegative, y), sign);
    }

    // c ≥ 0 rounded to an integer: beyond 2⁵² (2²³) all numbers are integers
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Whole<R>(R c) where R : struct, ILane<R>
    {
        R big = R.Of(4503599627370496, 8388608);
        return R.IfGreater(big, c, (c + big) - big, c);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Pow"/>
        public R Pow(R b) => R.Apply<Pow>(a, b);

        /// <inheritdoc cref="Autodiff.Pow"/>
        [OverloadResolutionPriority(1)]
        public R Pow(double b) => R.Apply<Pow>(a, R.Of(b));
    }
}
