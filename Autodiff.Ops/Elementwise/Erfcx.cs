using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Complementary error function, scaled: y = e^(x²)·erfc x, about 1/(√π·x) where erfc itself has long vanished.</summary>
/// <remarks>∂y/∂x = 2x·y − 2/√π; above 12, where that is a difference of nearly equal numbers, by its asymptotic series (below, it loses up to 2x² units). 0 at ∞, ∞ below −26.63 (float: −9.38).
/// NaN gives NaN. Accuracy: at most 4 units in the last place. Method: that of <see cref="Erfc"/>, the asymptotic series from 27.5 (float: 10.25) on (Abramowitz and Stegun, 7.1.23);
/// 2·e^(x²) − erfcx |x| for negative x, x² in full.</remarks>
public readonly struct Erfcx : IUnary<Erfcx>
{
    private const double InverseRootOfPi = 0.5641895835477563;

    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    // −(1/√π)·(−1)ᵏ·(2k + 1)!!/2ᵏ; at 12 what is left out is below 2⁻⁵⁴
    private static ReadOnlySpan<double> Slopes =>
    [
        -0.5641895835477563, 0.8462843753216345, -2.115710938304086, 7.404988284064301, -33.32244727828935, 183.27346003059145, -1191.2774901988444, 8934.581176491334,
        -75943.94000017633, 721467.4300016752, -7575408.01501759, 87117192.17270228,
    ];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R zero = R.Of(0), a = R.Magnitude(x);
        (R q, R lost) = Right(a, 1);
        if (R.AllGreater(x, zero)) return q + lost;

        // 2·(2ⁿ·(1 + m) − ½·q), the exact parts first; beyond the limit it is infinite, and the exponent stays in bounds
        R half = R.Of(0.5), b = R.AtMost(a, R.Of(27.5, 10.25));
        (R n, R m) = Autodiff.Exp.Reduced(b, b);
        R power = R.Scale(R.Of(1), n), left = (power - (half * q)) + R.FusedMultiplyAdd(power, m, -half * lost);
        left = R.IfGreater(R.Of(double.PositiveInfinity), power, left + left, power);
        return R.IfGreater(zero, x, left, q + lost);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R v = R.Of(1) / (x * x);
        return R.IfGreater(x, R.Of(12), v * Asymptotic.Sum(v, Slopes), (R.Of(2) * x * y) - R.Of(2 * InverseRootOfPi));
    }

    /// <summary>erfcx u of u = s·a ≥ 0, in two parts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static (R Q, R Lost) Right<R>(R a, double s) where R : struct, ILane<R>
    {
        R limit = R.Of(27.5 / s, 10.25 / s);
        (R q, R lost) = Autodiff.Erfc.Scaled(R.AtMost(a, limit), s);
        if (R.AllGreater(limit, a)) return (q, lost);

        // Σ (−1)ᵏ·(2k − 1)!!·vᵏ / (√π·u), v = 1/(2u²): what is left out is below 2⁻⁵⁶ (2⁻³²)
        R t = R.Of(1) / a, v = R.Of(0.5 / (s * s)) * (t * t), p = R.Horner(R.Of(10395), v, -945, 105, -15, 3);
        p = R.FusedMultiplyAdd(p * v, v, -v);
        R far = t * R.Of(InverseRootOfPi / s);
        return (R.IfGreater(a, limit, R.FusedMultiplyAdd(far, p, far), q), R.IfGreater(a, limit, R.Of(0), lost));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Erfcx"/>
        public R Erfcx() => R.Apply<Erfcx>(x);
    }
}
