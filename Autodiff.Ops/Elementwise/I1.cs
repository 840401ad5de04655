using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Modified Bessel function of the first kind, order 1: y = I₁(x) = Σ (x/2)²ᵏ⁺¹/(k!·(k + 1)!).</summary>
/// <remarks>∂y/∂x = I₀(x) − y/x, ½ at 0; up to |x| = 1 by its series, so that derivatives of every order are right there. ±0 at ±0, ±∞ at ±∞ and where |x| is above 713.98 (float: 91.9). NaN gives
/// NaN. Accuracy: at most 4 units in the last place.
/// Method: <see cref="BesselSeriesOne"/>, the series up to 10 and √x·e^(−x)·I₁ as a polynomial in 1/x beyond (Abramowitz and Stegun, 9.6.10, 9.7.1).</remarks>
public readonly struct I1 : IUnary<I1>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-3, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), limit = R.Of(BesselSeriesOne.Limit), b = R.AtMost(a, limit), near = BesselSeriesOne.Near(b);
        near *= R.Of(0.5) * b;
        if (R.AllGreater(limit, a)) return R.CopySign(near, x);

        // the end only keeps the exponent in bounds
        R c = R.AtLeast(R.AtMost(a, R.Of(1000, 130)), limit), far = BesselSeriesOne.Far(c) / R.SquareRoot(c);
        (R n, R m) = Autodiff.Exp.Reduced(c);
        far = R.Scale(R.FusedMultiplyAdd(m, far, far), n);
        return R.CopySign(R.IfGreater(limit, a, near, far), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        // where both are infinite, so is the difference
        R i = x.I0(), one = R.Of(1), away = R.IfEqual(i, R.Of(double.PositiveInfinity), i, i - (y / x));
        return R.IfGreater(x, one, away, R.IfGreater(-one, x, away, SlopeNear(x)));
    }

    /// <summary>I₀(x) − I₁(x)/x = ½·Σ (2k + 1)·wᵏ/(k!·(k + 1)!), w = x²/4 ≤ ¼: what is left out is below 2⁻⁶⁰.</summary>
    internal static R SlopeNear<R>(R x) where R : struct, IReal<R>
        => Asymptotic.Sum(R.Of(0.25) * (x * x), [0.5, 3 / 4.0, 5 / 24.0, 7 / 288.0, 9 / 5760.0, 11 / 172800.0, 13 / 7257600.0, 15 / 406425600.0, 17 / 29262643200.0, 19 / 2633637888000.0]);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.I1"/>
        public R I1() => R.Apply<I1>(x);
    }
}
