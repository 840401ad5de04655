using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Logarithm and exponential with about twice the digits in between, as unevaluated sums High + Low: what a power is made of. Sums and products are
/// taken apart without error by Dekker's and Knuth's transformations (Muller et al., Handbook of Floating-Point Arithmetic, chapter on error-free transforms).
/// </summary>
internal static class TwoParts
{
    /// <summary>ln x of a positive finite x, to about 2⁻⁶⁴ (float: 2⁻³⁵) relative.</summary>
    /// <remarks>x = 2ᵉ·m, √½ ≤ m &lt; √2, ln m = 2s + s³·(⅔ + s²·P(s²)), s = (m − 1) / (m + 1): s and the two leading terms in two parts, P the rest of the series of artanh.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (R High, R Low) Log<R>(R x) where R : struct, ILane<R>
    {
        (R e, R f) = Autodiff.Log.Reduced(x);

        // s = f / (2 + f), with what rounding took from the divisor and from the quotient
        R two = R.Of(2), d = two + f, reciprocal = R.Of(1) / d, s = f * reciprocal;
        R minus = -s, sLow = R.FusedMultiplyAdd(minus, f - (d - two), R.FusedMultiplyAdd(minus, d, f)) * reciprocal;
        R z = s * s, zLow = R.FusedMultiplyAdd(s + s, sLow, R.FusedMultiplyAdd(s, s, -z));

        // u = ⅔ + z·P, v = z·u, w = s·v
        R third = R.Of(2.0 / 3), zp = z * Series(z), u = third + zp, uLow = (third - u) + zp + R.Of(3.700743415417188e-17, -1.986821492513021e-8);
        R v = z * u, vLow = R.FusedMultiplyAdd(z, u, -v) + R.FusedMultiplyAdd(z, uLow, zLow * u);
        R w = s * v, wLow = R.FusedMultiplyAdd(s, v, -w) + R.FusedMultiplyAdd(s, vLow, sLow * v);
        R twice = s + s, log = twice + w, logLow = (twice - log) + w + (wLow + sLow + sLow);

        // e·ln 2 is 0 or the greater one, and the product with its first part is exact
        R whole = e * R.Of(Autodiff.Exp.High64, Autodiff.Exp.High32), high = whole + log;
        return (high, (whole - high) + log + R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.Low64, Autodiff.Exp.Low32), logLow));
    }

    /// <summary>e^(high + low), for a low that is below a unit in the last place of high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Exp<R>(R high, R low) where R : struct, ILane<R>
    {
        R n = R.RoundToEven(high * R.Of(1.4426950408889634));
        R r = R.FusedMultiplyAdd(n, R.Of(-Autodiff.Exp.High64, -Autodiff.Exp.High32), high);
        R lost = R.FusedMultiplyAdd(n, R.Of(-Autodiff.Exp.Low64, -Autodiff.Exp.Low32), low);

        // r and 1 + r in two parts: the only rounding that counts is the last sum's
        R sum = r + lost, one = R.Of(1), y = one + sum;
        lost = (r - sum) + lost + ((one - y) + sum);
        return R.Scale(y + R.FusedMultiplyAdd(Autodiff.Exp.Series(sum) * sum, sum, lost), n);
    }

    // P = 2/5 + 2z/7 + …; z ≤ 0.0295, so what is left out is below 2⁻⁸⁰ (2⁻³⁷) of the whole
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Series<R>(R z) where R : struct, ILane<R>
    {
        R p = R.Of(2.0 / 13);
        if (R.IsDouble)
        {
            p = R.Horner(R.Of(2.0 / 29), z, 2.0 / 27, 2.0 / 25, 2.0 / 23, 2.0 / 21);
            p = R.Horner(p, z, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13);
        }

        return R.Horner(p, z, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5);
    }
}
