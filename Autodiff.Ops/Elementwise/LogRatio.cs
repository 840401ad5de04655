using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>ln(a/b), what relative entropies are made of.</summary>
internal static class LogRatio
{
    /// <summary>(artanh(s)/s − 1)/s² = 1/3 + z/5 + z²/7 + … of z = s² ≤ 1/9: what is left out is below 2⁻⁵⁵ (2⁻²⁹) of 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Series<R>(R z) where R : struct, ILane<R> => R.ByPrecision<Artanh>(z);

    /// <summary>ln a − ln b of positive finite numbers, as the unevaluated sum of two.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static (R High, R Low) Far<R>(R a, R b) where R : struct, ILane<R>
    {
        (R x, R xLow) = TwoParts.Log(a);
        (R y, R yLow) = TwoParts.Log(b);
        R high = x - y, back = high - x;
        return (high, (x - (high - back)) - (y + back) + (xLow - yLow));
    }

    /// <summary>The same for derivatives: 0 at (0, 0), as wherever a = b; −∞ at a = 0, ∞ at b = 0, NaN where one is negative.</summary>
    public static R Of<R>(R a, R b) where R : struct, IReal<R>
    {
        // a quotient near the ends of the numbers has lost digits, or all
        R zero = R.Of(0), r = a / b, apart = a.Log() - b.Log(), far = R.IfGreater(r, R.Of(1e30), apart, R.IfGreater(R.Of(1e-30), r, apart, r.Log()));
        R y = R.IfGreater(r, R.Of(0.5), R.IfGreater(R.Of(2), r, ((a - b) / b).LogP1(), far), far);
        return R.IfGreater(b, zero, y, R.IfEqual(b, zero, R.IfEqual(a, zero, zero, y), R.IfEqual(b, b, R.Of(double.NaN), b)));
    }

    /// <summary>y, but a value of its own at a = 0 and at b = ∞, ∞ at b = 0 &lt; a, at a = ∞ and where one is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R WithEdges<R>(R a, R b, R y, R atZero, R atInfinity) where R : struct, ILane<R>
    {
        R zero = R.Of(0), infinity = R.Of(double.PositiveInfinity);
        y = R.IfEqual(b, infinity, R.IfEqual(a, infinity, R.Of(double.NaN), atInfinity), R.IfEqual(a, infinity, infinity, y));
        y = R.IfEqual(a, zero, R.IfGreater(zero, b, infinity, atZero), R.IfGreater(zero, a, infinity, R.IfGreater(b, zero, y, infinity)));
        return R.IfEqual(a, a, R.IfEqual(b, b, y, b), a);
    }

    /// <summary>A derivative, but NaN where a or b is negative: the value is ∞ there.</summary>
    public static R UnlessNegative<R>(R a, R b, R derivative) where R : struct, IReal<R>
        => R.IfGreater(R.Of(0), a, R.Of(double.NaN), R.IfGreater(R.Of(0), b, R.Of(double.NaN), derivative));

    private readonly struct Artanh : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.0 / 31), z, R.Of(1.0 / 29)), z, R.Of(1.0 / 27));
            p = R.Horner(p, z, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19);
            p = R.Horner(p, z, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11);
            return R.Horner(p, z, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
            => R.Horner(R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.0 / 15), z, R.Of(1.0 / 13)), z, R.Of(1.0 / 11)), z, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3);
    }
}
