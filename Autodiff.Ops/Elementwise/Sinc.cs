using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Cardinal sine: y = sin πx / (πx), 1 at 0 (the normalised one, as in NumPy).</summary>
/// <remarks>∂y/∂x = (cos πx − y) / x, and 0 at 0; near 0 by its series, so that derivatives of every order are right there. Exactly 0 at integers; NaN at ±∞.
/// Accuracy: at most 4 units in the last place.</remarks>
public readonly struct Sinc : IUnary<Sinc>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfEqual(x, R.Of(0), R.Of(1), Autodiff.SinPi.Primal(x) / (R.Of(Math.PI) * x));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        // Σ (−1)ᵏ·2k/(2k + 1)!·zᵏ⁻¹: what is left out is below 2⁻⁵⁶ for |x| ≤ ½
        R z = R.Of(Math.PI * Math.PI) * (x * x), p = R.Of(-22.0 / 2.585201673888498e+22);
        p = R.Of(20.0 / 5.109094217170944e+19) + (p * z);
        p = R.Of(-18.0 / 1.21645100408832e+17) + (p * z);
        p = R.Of(16.0 / 355687428096000.0) + (p * z);
        p = R.Of(-14.0 / 1307674368000.0) + (p * z);
        p = R.Of(12.0 / 6227020800.0) + (p * z);
        p = R.Of(-10.0 / 39916800) + (p * z);
        p = R.Of(8.0 / 362880) + (p * z);
        p = R.Of(-6.0 / 5040) + (p * z);
        p = R.Of(4.0 / 120) + (p * z);
        p = R.Of(-2.0 / 6) + (p * z);
        R half = R.Of(0.5), away = (x.CosPi() - y) / x;
        return R.IfGreater(x, half, away, R.IfGreater(-half, x, away, R.Of(Math.PI * Math.PI) * (x * p)));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sinc"/>
        public R Sinc() => R.Apply<Sinc>(x);
    }
}
