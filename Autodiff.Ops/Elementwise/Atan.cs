using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse tangent: y = arctan x, in [−π/2, π/2].</summary>
/// <remarks>∂y/∂x = 1 / (1 + x²). ±π/2 at ±∞, ±0 at ±0. NaN gives NaN. Accuracy: at most 2 units in the last place.
/// Method: arctan x = c + arctan t with c = 0, π/4 or π/2 and |t| ≤ √2 − 1; Taylor's series of arctan t.</remarks>
public readonly struct Atan : IUnary<Atan>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), one = R.Of(1), low = R.Of(0.41421356237309503), high = R.Of(2.414213562373095);

        // t = a, (a − 1) / (a + 1) or −1 / a
        R top = R.IfGreater(a, high, -one, R.IfGreater(a, low, a - one, a));
        R t = top / R.IfGreater(a, high, a, R.IfGreater(a, low, a + one, one)), z = t * t;
        R c = R.IfGreater(a, high, R.Of(1.5707963267948966), R.IfGreater(a, low, R.Of(0.78539816339744828), R.Of(0)));
        R lost = R.IfGreater(a, high, R.Of(6.123233995736766e-17, -4.371139000186241e-8), R.IfGreater(a, low, R.Of(3.061616997868383e-17, -2.1855695000931206e-8), R.Of(0)));
        return R.CopySign(c + (t + R.FusedMultiplyAdd(R.ByPrecision<Taylor>(z) * z, t, lost)), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / (R.Of(1) + (x * x));

    // (arctan t / t − 1) / z = −1/3 + z/5 − …; z ≤ 0.1716: what is left out is below 2⁻⁵⁷ (2⁻²⁹)
    private readonly struct Taylor : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(1.0 / 41), z, -1.0 / 39, 1.0 / 37, -1.0 / 35, 1.0 / 33);
            p = R.Horner(p, z, -1.0 / 31, 1.0 / 29, -1.0 / 27, 1.0 / 25);
            p = R.Horner(p, z, -1.0 / 23, 1.0 / 21, -1.0 / 19, 1.0 / 17);
            p = R.Horner(p, z, -1.0 / 15, 1.0 / 13, -1.0 / 11, 1.0 / 9);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(-1.0 / 7)), z, R.Of(1.0 / 5)), z, R.Of(-1.0 / 3));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
            => R.Horner(R.Horner(R.Of(-1.0 / 19), z, 1.0 / 17, -1.0 / 15, 1.0 / 13, -1.0 / 11), z, 1.0 / 9, -1.0 / 7, 1.0 / 5, -1.0 / 3);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Atan"/>
        public R Atan() => R.Apply<Atan>(x);
    }
}
