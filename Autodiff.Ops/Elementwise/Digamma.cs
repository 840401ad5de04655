using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Digamma, the logarithmic derivative of the gamma function: y = ψ(x) = Γ′(x)/Γ(x).</summary>
/// <remarks>∂y/∂x = ψ₁(x), <see cref="Trigamma"/>. ∓∞ at ±0, NaN at negative integers and at −∞, ∞ at ∞. NaN gives NaN. Accuracy: at most 8 units in the last place of the
/// greatest of |y|, 1 and the terms of the reflection; near its zeros (x = 1.4616… and one between any two poles) y is a difference of such terms.
/// Method: ψ(x) = ψ(x + n) − Σ 1/(x + k) up to x + n ≥ 10, the asymptotic series there, ψ(−a) = ψ(1 + a) + π·cot πa (Abramowitz and Stegun, 6.3.6, 6.3.18, 6.3.7).</remarks>
public readonly struct Digamma : IUnary<Digamma>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.7, -1.3), (-0.7, -0.3), (0.3, 4));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Anywhere(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Trigamma();

    // a call, since it is too much for one loop
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Anywhere<R>(R x) where R : struct, ILane<R>
    {
        R zero = R.Of(0), right = Right(R.IfGreater(zero, x, R.Of(1) - x, x));
        if (R.AllGreater(x, zero)) return right;
        R sine = Autodiff.SinPi.Primal(x), left = right - (R.Of(Math.PI) * (Autodiff.CosPi.Primal(x) / sine));
        return R.IfGreater(zero, x, R.IfEqual(sine, zero, R.Of(double.NaN), left), right);
    }

    /// <summary>The formula for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Right<R>(R x) where R : struct, ILane<R>
    {
        // n/d = Σ 1/(x + k): one division for all
        R one = R.Of(1), limit = R.Of(10), v = x, n = R.Of(0), d = one;
        for (int i = 0; i < 10; i++)
        {
            n = R.IfGreater(limit, v, R.FusedMultiplyAdd(n, v, d), n);
            d = R.IfGreater(limit, v, d * v, d);
            v = R.IfGreater(limit, v, v + one, v);
        }

        R t = one / v, z = t * t;
        return (Autodiff.Log.Primal(v) - (n / d)) - R.FusedMultiplyAdd(R.Of(0.5), t, z * R.ByPrecision<Asymptotic>(z));
    }

    // B₂/2 + B₄/4·z + …, z = 1/x² ≤ 0.01: what is left out is below 2⁻⁵⁸ (2⁻³⁴) of the whole
    private readonly struct Asymptotic : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(-3617.0 / 8160), z, 1.0 / 12, -691.0 / 32760, 1.0 / 132, -1.0 / 240);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(1.0 / 252)), z, R.Of(-1.0 / 120)), z, R.Of(1.0 / 12));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
            => R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.0 / 252), z, R.Of(-1.0 / 120)), z, R.Of(1.0 / 12));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Digamma"/>
        public R Digamma() => R.Apply<Digamma>(x);
    }
}
