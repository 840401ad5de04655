using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Modified Bessel function of order 0, scaled: y = e^(−|x|)·I₀(x), which stays in range.</summary>
/// <remarks>∂y/∂x = e^(−|x|)·I₁(x) − y·sign x, and 0 at the kink x = 0; above |x| = 50, where that is a difference of nearly equal numbers, by the asymptotic series (below it loses up to 2·|x|
/// units). 1 at 0, 0 at ±∞. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: <see cref="BesselSeriesZero"/>, the series up to 10 and √x·e^(−x)·I₀ as a polynomial in 1/x beyond (Abramowitz and Stegun, 9.6.10, 9.7.1).</remarks>
public readonly struct I0e : IUnary<I0e>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-3, -0.3), (0.3, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), limit = R.Of(BesselSeriesZero.Limit), b = R.AtMost(a, limit);
        (R n, R m) = Autodiff.Exp.Reduced(-b);
        R near = BesselSeriesZero.Near(b);
        near = R.Scale(R.FusedMultiplyAdd(m, near, near), n);
        if (R.AllGreater(limit, a)) return near;
        R far = BesselSeriesZero.Far(R.AtLeast(a, limit)) / R.SquareRoot(a);
        return R.IfGreater(limit, a, near, far);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R a = x.Abs(), sign = x.Sign(), u = R.Of(1) / a;
        return R.IfGreater(a, R.Of(50), sign * (u * u.Sqrt() * Asymptotic.Sum(u, Slopes)), x.I1e() - (sign * y));
    }

    // I₀(a)·e^(−a) = Σ (−1)ᵏ·cₖ/aᵏ / √(2πa) (Abramowitz and Stegun, 9.7.1), differentiated; at 50 what is left out is below 2⁻⁵⁰
    private static ReadOnlySpan<double> Slopes =>
    [
        -0.19947114020071635, -0.07480167757526862, -0.07012657272681434, -0.10226791855993758, -0.2013399646648771,
        -0.49831641254557085, -1.4845676457086798, -5.169476623449867, -20.597133421558063, -92.40102909948965, -460.8501326337046, -2529.4387961599923, -15150.28445616662,
    ];
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.I0e"/>
        public R I0e() => R.Apply<I0e>(x);
    }
}
