using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Modified Bessel function of order 1, scaled: y = e^(−|x|)·I₁(x), which stays in range.</summary>
/// <remarks>∂y/∂x = e^(−|x|)·(I₀(x) − I₁(x)/x) − y·sign x, ½ at 0; up to |x| = 1 by the series of <see cref="I1"/>, above 50, where it is a difference of nearly equal numbers, by the asymptotic
/// series (in between it loses up to 2·|x| units).
/// The second derivative jumps at 0. ±0 at ±0 and ±∞. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: <see cref="BesselSeriesOne"/>, the series up to 10 and √x·e^(−x)·I₁ as a polynomial in 1/x beyond (Abramowitz and Stegun, 9.6.10, 9.7.1).</remarks>
public readonly struct I1e : IUnary<I1e>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-3, -0.3), (0.3, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), limit = R.Of(BesselSeriesOne.Limit), b = R.AtMost(a, limit);
        (R n, R m) = Autodiff.Exp.Reduced(-b);
        R near = BesselSeriesOne.Near(b);
        near *= R.Of(0.5) * b;
        near = R.Scale(R.FusedMultiplyAdd(m, near, near), n);
        if (R.AllGreater(limit, a)) return R.CopySign(near, x);
        R far = BesselSeriesOne.Far(R.AtLeast(a, limit)) / R.SquareRoot(a);
        return R.CopySign(R.IfGreater(limit, a, near, far), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R a = x.Abs(), sign = x.Sign(), u = R.Of(1) / a;
        R away = (x.I0e() - (y / x)) - (sign * y), near = ((-a).Exp() * Autodiff.I1.SlopeNear(x)) - (sign * y);
        return R.IfGreater(a, R.Of(50), u * u.Sqrt() * Asymptotic.Sum(u, Slopes), R.IfGreater(a, R.Of(1), away, near));
    }

    // I₁(a)·e^(−a) = Σ (−1)ᵏ·cₖ/aᵏ / √(2πa) (Abramowitz and Stegun, 9.7.1), differentiated; at 50 what is left out is below 2⁻⁵⁰
    private static ReadOnlySpan<double> Slopes =>
    [
        -0.19947114020071635, 0.2244050327258059, 0.11687762121135722, 0.1431750859839126, 0.25886566885484197,
        0.6090533931112533, 1.7544890358375307, 5.964780719365232, 23.343417877765805, 103.27173840531196, 509.36067291093667, 2770.3377291276106, 16467.700495833284,
    ];
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.I1e"/>
        public R I1e() => R.Apply<I1e>(x);
    }
}
