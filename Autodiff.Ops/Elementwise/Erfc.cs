using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Complementary error function: y = erfc x = 1 − erf x = (2/√π)·∫ₓ^∞ e^(−t²) dt, with all digits where it is small.</summary>
/// <remarks>∂y/∂x = −(2/√π)·e^(−x²). 2 at −∞, 0 at ∞ and above 27.23 (float: 10.06); subnormal results are rounded. NaN gives NaN.
/// Accuracy: at most 3 units in the last place. Method: e^(−x²)·erfcx x with x² in full, erfcx by a polynomial in (x − k) / (x + k)
/// (M. M. Shepherd and J. G. Laframboise, Math. Comp. 36 (1981) 249–253); 2 − erfc(−x) for negative x;
/// 1 − erf x below ½.</remarks>
public readonly struct Erfc : IUnary<Erfc>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R half = R.Of(0.5), a = R.Magnitude(x);
        return R.IfGreater(half, a, R.Of(1) - Autodiff.Erf.Near(x), Far(x, a));
    }

    /// <summary>The formula for |x| ≥ ½; less exact below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R Far<R>(R x, R a) where R : struct, ILane<R>
    {
        // beyond the limit it is 0, and e^(−x²) keeps its exponent in range
        R limit = R.Of(27.5, 10.25);
        a = R.IfGreater(a, limit, limit, a);
        (R n, R m) = Autodiff.Exp.Reduced(-a, a);
        (R q, R rest) = Scaled(a, 1);
        R y = R.Scale(q + R.FusedMultiplyAdd(m, q, R.FusedMultiplyAdd(m, rest, rest)), n);
        return R.IfGreater(R.Of(0), x, R.Of(2) - y, y);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-1.1283791670955126) * (-(x * x)).Exp();

    /// <summary>erfcx u = e^(u²)·erfc u, in two parts, of u = s·a, 0 ≤ u ≤ 27.5 (float: 10.25): (1 + 2u)·erfcx u is a polynomial p of t = (u − k) / (u + k).</summary>
    /// <remarks>p interpolates at the Chebyshev points of that interval of t; its relative error is below 2⁻⁵⁶ (k = 4, 23 points) and 2⁻²⁸ (k = 3, 11 points).
    /// The second part is what rounding took from the quotient p / (1 + 2u) and from 1 + 2u.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R Q, R Lost) Scaled<R>(R a, double s) where R : struct, ILane<R>
    {
        R k = R.Of((R.IsDouble ? 4 : 3) / s), t = (a - k) / (a + k), one = R.Of(1), two = R.Of(2 * s);

        // the constant term in two parts: only the last sum is rounded
        R p = R.Of(1.25) + (R.IsDouble ? Long(t) : Short(t));
        R d = R.FusedMultiplyAdd(two, a, one), lost = R.FusedMultiplyAdd(two, a, one - d);
        R reciprocal = one / d, q = p * reciprocal;
        return (q, R.FusedMultiplyAdd(-q, lost, R.FusedMultiplyAdd(-q, d, p)) * reciprocal);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Long<R>(R t) where R : struct, ILane<R>
    {
        R p = R.FusedMultiplyAdd(R.Of(-1.8822551750393533e-09), t, R.Of(-1.387063343675277e-08));
        p = R.FusedMultiplyAdd(p, t, R.Of(-7.770852409868655e-09));
        p = R.Horner(p, t, 1.1579545491817747e-07, 6.309931892048124e-08, -8.355403600708081e-07, 3.00822697160671e-07);
        p = R.Horner(p, t, 5.718019430428633e-06, -1.1224436722701745e-05, -2.440316536962711e-05, 0.00015062210715057866);
        p = R.Horner(p, t, -0.00019925552619520982, -0.0007577733091379332, 0.005031969762284736, -0.016197734063710445);
        p = R.Horner(p, t, 0.03716751556148306, -0.06633036581115447, 0.0937328349968727, -0.10103906603636773);
        return R.Horner(p, t, 0.06809705425473468, 0.015379652102620996, -0.13962111684056286, -0.017004881374447493);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Short<R>(R t) where R : struct, ILane<R>
    {
        R p = R.FusedMultiplyAdd(R.Of(-0.0002759228143922908), t, R.Of(-0.0007944629695907098));
        p = R.FusedMultiplyAdd(p, t, R.Of(0.001997306851190096));
        p = R.Horner(p, t, 0.002578536352206741, -0.023791903686348734, 0.06829330186059523, -0.1192723837413585);
        return R.Horner(p, t, 0.1296466303373042, -0.04756229393438689, -0.13562114554789972, 0.0030080579366303746);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Erfc"/>
        public R Erfc() => R.Apply<Erfc>(x);
    }
}
