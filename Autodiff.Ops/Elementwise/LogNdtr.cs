using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logarithm of the normal distribution: y = ln Φ(x), with all digits in both tails: about −x²/2 on the left, −Φ(−x) on the right.</summary>
/// <remarks>∂y/∂x = φ(x)/Φ(x) = √(2/π) / erfcx(−x/√2): about −x on the left, 0 on the right. −∞ at −∞ (derivative ∞), −0 at ∞. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: −x²/2 + ln(½·erfcx(|x|/√2)) below −½, the logarithm in two parts; ln Φ(x) up to 0, ln(1 − Φ(−x)) beyond.</remarks>
public readonly struct LogNdtr : IUnary<LogNdtr>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R limit = R.Of(-0.5);
        if (R.AllGreater(limit, x)) return Left(x);
        R right = Right(x);
        return R.AllGreater(x, limit) ? right : R.IfGreater(limit, x, Left(x), right);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.7978845608028654) / (R.Of(-0.70710678118654752) * x).Erfcx();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Left<R>(R x) where R : struct, ILane<R>
    {
        R half = R.Of(0.5);
        (R q, R lost) = Autodiff.Erfcx.Right(R.Magnitude(x), 0.70710678118654752);
        (R high, R low) = TwoParts.Log(half * q);
        R y = R.FusedMultiplyAdd(-half * x, x, high) + (low + (lost / q));

        // q is 0 at −∞ only
        return R.IfGreater(q, R.Of(0), y, R.IfEqual(q, q, x, q));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Right<R>(R x) where R : struct, ILane<R>
    {
        R tail = NormalTail.Value(R.Magnitude(x));
        return R.IfGreater(R.Of(0), x, Autodiff.Log.Primal(tail), Autodiff.LogP1.Primal(-tail));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LogNdtr"/>
        public R LogNdtr() => R.Apply<LogNdtr>(x);
    }
}
