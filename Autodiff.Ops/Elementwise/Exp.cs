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
        x = R.AtLeast(R.AtMost(x, R.Of(R.IsDouble ? 1400 : 170)), R.Of(R.IsDouble ? -1000 : -150));
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
        R r = R.FusedMultiplyAdd(n, R.Of(R.IsDouble ? -High64 : -High32), x);
        r = R.FusedMultiplyAdd(n, R.Of(R.IsDouble ? -Low64 : -Low32), r);

        // Taylor: the remainder after r¹³ / 13! (r⁷ / 7!) is below 2⁻⁵⁸ (2⁻²⁸) of e^r − 1's first term
        R p = R.Of(1.0 / 5040);
        if (R.IsDouble)
        {
            p = R.FusedMultiplyAdd(R.Of(1.0 / 6227020800), r, R.Of(1.0 / 479001600));
            p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 39916800));
            p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 3628800));
            p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 362880));
            p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 40320));
            p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 5040));
        }

        p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 720));
        p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 120));
        p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 24));
        p = R.FusedMultiplyAdd(p, r, R.Of(1.0 / 6));
        p = R.FusedMultiplyAdd(p, r, R.Of(0.5));
        return (n, R.FusedMultiplyAdd(p * r, r, r));
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
