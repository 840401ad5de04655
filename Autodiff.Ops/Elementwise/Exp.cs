using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Exponential: y = eˣ.</summary>
/// <remarks>∂y/∂x = y. ∞ above 709.78 (float: 88.72), 0 far below; subnormal results are rounded. NaN gives NaN.
/// Accuracy: at most 2 units in the last place. Method: x = n·ln 2 + r, |r| ≤ ln 2 / 2, Taylor's series of eʳ − 1, scaled by 2ⁿ in two steps
/// (Muller, Elementary Functions, chapter on range reduction).</remarks>
public readonly struct Exp : IUnary<Exp>
{
    // ln 2 in two parts; the first has few enough digits that n times it is exact (fdlibm, e_exp.c: ln2HI, ln2LO; float: the same split at 15 bits)
    internal const double High64 = 6.93147180369123816490e-01, Low64 = 1.90821492927058770002e-10;
    internal const double High32 = 0.693145751953125, Low32 = 1.42860682030941723212e-6;

    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // the ends only keep n within the exponents; a NaN passes both comparisons
        x = R.AtLeast(R.AtMost(x, R.Of(1400, 170)), R.Of(-1000, -150));
        (R n, R m) = Reduced(x);
        return R.Scale(m + R.Of(1), n);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => y;

    /// <summary>n and eʳ − 1 for x = n·ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R N, R M) Reduced<R>(R x) where R : struct, ILane<R>
    {
        R n = R.RoundToEven(x * R.Of(1.4426950408889634));
        R r = R.FusedMultiplyAdd(n, R.Of(-High64, -High32), x);
        return (n, LessOne(R.FusedMultiplyAdd(n, R.Of(-Low64, -Low32), r)));
    }

    /// <summary>n and eʳ − 1 for x·y = n·ln 2 + r, where the product is not rounded: n times the first part of ln 2 is exact, so r is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R N, R M) Reduced<R>(R x, R y) where R : struct, ILane<R>
    {
        R n = R.RoundToEven(x * y * R.Of(1.4426950408889634));
        R r = R.FusedMultiplyAdd(x, y, n * R.Of(-High64, -High32));
        return (n, LessOne(R.FusedMultiplyAdd(n, R.Of(-Low64, -Low32), r)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R LessOne<R>(R r) where R : struct, ILane<R> => R.FusedMultiplyAdd(Series(r) * r, r, r);

    /// <summary>(eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R Series<R>(R r) where R : struct, ILane<R> => R.ByPrecision<Taylor>(r);

    // the remainder after r¹³ / 13! (r⁷ / 7!) is below 2⁻⁵⁸ (2⁻²⁸) of e^r − 1's first term
    private readonly struct Taylor : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R r) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(1.0 / 6227020800), r, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880);
            p = R.Horner(p, r, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, r, R.Of(1.0 / 24)), r, R.Of(1.0 / 6)), r, R.Of(0.5));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R r) where R : struct, ILane<R>
            => R.FusedMultiplyAdd(R.Horner(R.Of(1.0 / 5040), r, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6), r, R.Of(0.5));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Exp"/>
        public R Exp() => R.Apply<Exp>(x);
    }
}
