using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Error function: y = erf x = (2/√π)·∫₀ˣ e^(−t²) dt.</summary>
/// <remarks>∂y/∂x = (2/√π)·e^(−x²). ±1 at ±∞, ±0 at ±0. NaN gives NaN. Accuracy: at most 3 units in the last place.
/// Method: Taylor's series up to |x| = ¾, 1 − erfc |x| beyond, with the sign of x. Where 1 − y is wanted, use <c>Erfc</c>.</remarks>
public readonly struct Erf : IUnary<Erf>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x);
        return R.IfGreater(R.Of(0.75), a, Near(x), R.CopySign(R.Of(1) - Autodiff.Erfc.Far(a, a), x));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1.1283791670955126) * (-(x * x)).Exp();

    /// <summary>The formula for |x| ≤ ¾.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R Near<R>(R x) where R : struct, ILane<R> => R.FusedMultiplyAdd(x, Series(x * x), x);

    // erf x / x − 1 = 2/√π − 1 − (2/√π)·(z/3 − z²/(2!·5) + z³/(3!·7) − …), z = x² ≤ 9/16: what is left out is below 2⁻⁵⁸ (2⁻³⁰)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Series<R>(R z) where R : struct, ILane<R>
    {
        const double c = 1.1283791670955126;
        R p = R.Of(c / (40320 * 17));
        if (R.IsDouble)
        {
            p = R.FusedMultiplyAdd(R.Of(c / (87178291200 * 29)), z, R.Of(-c / (6227020800 * 27)));
            p = R.FusedMultiplyAdd(p, z, R.Of(c / (479001600L * 25)));
            p = R.Horner(p, z, -c / (39916800L * 23), c / (3628800L * 21), -c / (362880L * 19), c / (40320 * 17));
        }

        p = R.Horner(p, z, -c / (5040 * 15), c / (720 * 13), -c / (120 * 11), c / (24 * 9));
        p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(-c / (6 * 7))), z, R.Of(c / (2 * 5)));

        // 2/√π − 1 to its own last digit
        return R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(-c / 3)), z, R.Of(0.12837916709551257));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Erf"/>
        public R Erf() => R.Apply<Erf>(x);
    }
}
