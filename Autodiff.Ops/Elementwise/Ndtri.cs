using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse of the normal distribution: Φ(y) = x, the quantile function; of small x, too.</summary>
/// <remarks>∂y/∂x = √(2π)·e^(y²/2). −∞ at 0 and ∞ at 1 with derivative ∞, NaN outside in value and derivative; 0 at ½. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: between ¼ and ¾ a polynomial in (x − ½)²; outside a first guess to 5 in 10,000 (Abramowitz and Stegun, 26.2.23), then once (float) or twice the step of third order
/// for ln Φ(−a) = ln x, whose derivatives are those of the ratio φ/Φ. For x near 1 the result is as exact as 1 − x is.</remarks>
public readonly struct Ndtri : IUnary<Ndtri>
{
    private const double Root = 0.70710678118654752;

    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((0.05, 0.95));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // both differences are exact where they are used
        R half = R.Of(0.5), quarter = R.Of(0.25), h = x - half, near = R.Magnitude(h), y = h * R.ByPrecision<Central>(near * near);
        return R.AllGreater(quarter, near) ? y : R.IfGreater(quarter, near, y, R.CopySign(Tail(R.IfGreater(x, half, R.Of(1) - x, x)), h));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(2.5066282746310002) * (R.Of(0.5) * (y * y)).Exp();

    /// <summary>a ≥ 0 of Φ(−a) = p for p ≤ ¼.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Tail<R>(R p) where R : struct, ILane<R>
    {
        R zero = R.Of(0), one = R.Of(1), t = R.SquareRoot(R.Of(-2) * Autodiff.Log.Primal(p));
        R top = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(0.010328), t, R.Of(0.802853)), t, R.Of(2.515517));
        R bottom = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(0.001308), t, R.Of(0.189269)), t, R.Of(1.432788)), t, one);
        (R e, R s) = R.Split(p);
        R a = Step(t - (top / bottom), e, s);
        if (R.IsDouble) a = Step(a, e, s);
        return R.IfGreater(p, zero, a, R.IfEqual(p, zero, R.Of(double.PositiveInfinity), R.Of(double.NaN)));
    }

    // p = s·2ᵉ; the ratio is taken before the exponents are, since Φ(−a) may be subnormal
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Step<R>(R a, R e, R s) where R : struct, ILane<R>
    {
        R half = R.Of(0.5);
        (R n, R m) = Autodiff.Exp.Reduced(-half * a, a);
        (R q, R lost) = Autodiff.Erfc.Scaled(a, Root);
        R tail = half * (q + R.FusedMultiplyAdd(m, q, R.FusedMultiplyAdd(m, lost, lost))), mills = R.Of(0.7978845608028654) / q;

        // r of Φ(−a)/p = 1 + r, and ln(1 + r): it is below 0.02
        R r = (R.Scale(tail, n - e) - s) / s, log = R.FusedMultiplyAdd(-r, R.FusedMultiplyAdd(-r, R.FusedMultiplyAdd(R.Of(-0.25), r, R.Of(1.0 / 3)), half) * r, r);
        R step = log / mills;
        return a + R.FusedMultiplyAdd(-half * (mills - a) * step, step, step);
    }

    // a / h of z = h² ≤ 1/16: the polynomial that equals it at the Chebyshev points (computed with 60 digits): 15 of them, relative error below 2⁻⁶¹; in float 7, below 2⁻³⁰
    private readonly struct Central : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(91138036.03140059), z, R.Of(-18302245.349825058)), z, R.Of(4139273.3999760225));
            p = R.Horner(p, z, -17328.722770964832, 91673.99024987723, 19996.401498612726, 5896.948624399793);
            p = R.Horner(p, z, 1689.365442529294, 496.2812436559208, 149.82971696746384, 47.035788024239125);
            return R.Horner(p, z, 15.667608961064932, 5.772533538616466, 2.6249349909537325, 2.5066282746310007);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1128.9476932752468), z, R.Of(86.54115094998842)), z, R.Of(49.9350377876679));
            return R.Horner(p, z, 15.601581140673563, 5.773237353186719, 2.624932209668518, 2.5066282764087733);
        }
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Ndtri"/>
        public R Ndtri() => R.Apply<Ndtri>(x);
    }
}
