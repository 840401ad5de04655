using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Trigamma, the derivative of digamma: y = ψ₁(x) = Σ 1/(x + k)² over k ≥ 0.</summary>
/// <remarks>∂y/∂x = ψ₂(x), <see cref="Polygamma"/>. ∞ at 0 and at negative integers, 0 at ∞, NaN at −∞. NaN gives NaN. Accuracy: at most 5 units in the last place for x &gt; 0,
/// of π²/sin² πx below. Method: the sum up to x + n ≥ 10, the asymptotic series there, ψ₁(x) = π²/sin² πx − ψ₁(1 − x)
/// (Abramowitz and Stegun, 6.4.6, 6.4.12, 6.4.7).</remarks>
public readonly struct Trigamma : IUnary<Trigamma>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.7, -1.3), (-0.7, -0.3), (0.3, 4));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Anywhere(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Polygamma(2);

    // a call, since it is too much for one loop
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Anywhere<R>(R x) where R : struct, ILane<R>
    {
        R zero = R.Of(0), right = Right(R.IfGreater(zero, x, R.Of(1) - x, x));
        if (R.AllGreater(x, zero)) return right;
        R pole = R.Of(Math.PI) / Autodiff.SinPi.Primal(x);
        return R.IfGreater(zero, x, (pole * pole) - right, right);
    }

    /// <summary>The formula for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Right<R>(R x) where R : struct, ILane<R>
    {
        // the first term on its own, since its divisor may be below the smallest number; n/d = Σ 1/(x + k)² of the next: one division for all
        R zero = R.Of(0), one = R.Of(1), limit = R.Of(10), first = one / x, n = zero, d = one;
        first = R.IfGreater(one, x, first * first, zero);
        R v = R.IfGreater(one, x, x + one, x);
        for (int i = 0; i < 9; i++)
        {
            R square = v * v;
            n = R.IfGreater(limit, v, R.FusedMultiplyAdd(n, square, d), n);
            d = R.IfGreater(limit, v, d * square, d);
            v = R.IfGreater(limit, v, v + one, v);
        }

        R t = one / v, z = t * t;
        return first + ((n / d) + R.FusedMultiplyAdd(z, R.FusedMultiplyAdd(t, R.ByPrecision<Asymptotic>(z), R.Of(0.5)), t));
    }

    // B₂ + B₄·z + …, z = 1/x² ≤ 0.01: what is left out is below 2⁻⁵⁶ (2⁻³²) of the whole
    private readonly struct Asymptotic : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(43867.0 / 798), z, -3617.0 / 510, 7.0 / 6, -691.0 / 2730, 5.0 / 66);
            return R.Horner(p, z, -1.0 / 30, 1.0 / 42, -1.0 / 30, 1.0 / 6);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
            => R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.0 / 42), z, R.Of(-1.0 / 30)), z, R.Of(1.0 / 6));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Trigamma"/>
        public R Trigamma() => R.Apply<Trigamma>(x);
    }
}
