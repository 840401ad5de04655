using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logarithm of the gamma function's magnitude: y = ln |Γ(x)|.</summary>
/// <remarks>∂y/∂x = ψ(x), <see cref="Digamma"/>. ∞ at 0, at negative integers (derivative NaN there, −∞ at 0) and at ±∞. NaN gives NaN.
/// Accuracy: for x &gt; −½ at most 5 units in the last place; for x ≤ −½ that of |y| + 2·|ln Γ(−x)| (near the zeros that lie there, y itself is a difference).
/// Method: around 2 the series in ζ(k) − 1 (Abramowitz and Stegun, 6.1.33); from ½ … 8 there by Γ(x + 1) = x·Γ(x); Stirling's series from 8 on (6.1.40);
/// ln |Γ(−a)| = ln(π / |a·sin πa|) − ln Γ(a) (6.1.17).</remarks>
public readonly struct LogGamma : IUnary<LogGamma>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.7, -1.3), (-0.7, -0.3), (0.3, 4));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Anywhere(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Digamma();

    // a call, since it is too much for one loop
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Anywhere<R>(R x) where R : struct, ILane<R>
    {
        R edge = R.Of(-0.5), a = R.Magnitude(x), right = Right(R.IfGreater(x, edge, x, a));
        if (R.AllGreater(x, edge)) return right;
        R sine = R.Magnitude(Autodiff.SinPi.Primal(a)), infinity = R.Of(double.PositiveInfinity);
        R left = Autodiff.Log.Primal(R.Of(Math.PI) / (a * sine)) - right;
        left = R.IfEqual(sine, R.Of(0), infinity, R.IfEqual(a, infinity, infinity, left));
        return R.IfGreater(x, edge, right, left);
    }

    /// <summary>The formula for x ≥ −½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Right<R>(R x) where R : struct, ILane<R>
    {
        R one = R.Of(1), a = R.Magnitude(x), limit = R.Of(2.5), v = x, product = one;
        for (int i = 0; i < 6; i++)
        {
            R less = v - one;
            product = R.IfGreater(v, limit, product * less, product);
            v = R.IfGreater(v, limit, less, v);
        }

        // ln Γ(2 + z), less ln(1 + z) below 1½ and less ln x, too, below ½
        R half = R.Of(0.5), belowOne = R.Of(1.5);
        R z = R.IfGreater(half, a, x, R.IfGreater(belowOne, x, x - one, v - R.Of(2)));
        R argument = R.IfGreater(half, a, a * (one + x), R.IfGreater(belowOne, x, x, R.IfGreater(R.Of(8), x, product, x)));
        R log = Autodiff.Log.Primal(argument);
        R near = R.FusedMultiplyAdd(z, R.ByPrecision<Zetas>(z), R.IfGreater(belowOne, x, -log, log));
        R far = R.FusedMultiplyAdd(x - half, log - one, R.Of(0.41893853320467274) + R.ByPrecision<Stirling>(one / x));
        return R.IfGreater(R.Of(8), x, near, far);
    }

    // ln Γ(2 + z) / z = 1 − γ + Σ (−1)ᵏ·(ζ(k) − 1)/k · z^(k − 1), |z| ≤ ½: what is left out is below 2⁻⁵⁹ (2⁻³¹)
    private readonly struct Zetas : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(-2.7595228851242334e-10), z, 5.731367241678862e-10, -1.1921401405860912e-09, 2.4836745438024785e-09, -5.183475041970047e-09);
            p = R.Horner(p, z, 1.0838659214896955e-08, -2.2711094608943164e-08, 4.7698101693639804e-08, -1.0043224823968099e-07);
            p = R.Horner(p, z, 2.1207184805554665e-07, -4.492469198764566e-07, 9.55141213040742e-07, -2.039215753801366e-06);
            p = R.Horner(p, z, 4.374866789907488e-06, -9.439488275268397e-06, 2.050721277567069e-05, -4.492623673813314e-05);
            p = R.Horner(p, z, 9.945751278180853e-05, -0.00022315475845357939, 0.0005096695247430425, -0.001192753911703261);
            p = R.Horner(p, z, 0.0028905103307415234, -0.007385551028673986, 0.020580808427784546, -0.0673523010531981);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(0.3224670334241132)), z, R.Of(0.42278433509846714));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Horner(R.Of(4.374866789907488e-06), z, -9.439488275268397e-06, 2.050721277567069e-05, -4.492623673813314e-05, 9.945751278180853e-05), z, -0.00022315475845357939, 0.0005096695247430425, -0.001192753911703261, 0.0028905103307415234);
            return R.FusedMultiplyAdd(R.Horner(p, z, -0.007385551028673986, 0.020580808427784546, -0.0673523010531981, 0.3224670334241132), z, R.Of(0.42278433509846714));
        }
    }

    // B₂/(1·2·x) + B₄/(3·4·x³) + …, x ≥ 8: what is left out is below 2⁻⁵⁶ (2⁻³¹) of the whole
    private readonly struct Stirling : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R t) where R : struct, ILane<R>
        {
            R z = t * t, p = R.Horner(R.Of(43867.0 / 244188), z, -3617.0 / 122400, 1.0 / 156, -691.0 / 360360, 1.0 / 1188);
            return t * R.Horner(p, z, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R t) where R : struct, ILane<R>
        {
            R z = t * t;
            return t * R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.0 / 1260), z, R.Of(-1.0 / 360)), z, R.Of(1.0 / 12));
        }
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LogGamma"/>
        public R LogGamma() => R.Apply<LogGamma>(x);
    }
}
