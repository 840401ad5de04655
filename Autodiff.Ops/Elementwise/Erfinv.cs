using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse error function: erf y = x.</summary>
/// <remarks>∂y/∂x = (√π/2)·e^(y²). ±∞ at ±1 with derivative ∞, NaN beyond; ±0 at ±0. NaN gives NaN. Accuracy: at most 4 units in the last place, at both ends, too.
/// Method: a first guess to 2 in 1,000 (S. Winitzki, A handy approximation for the error function and its inverse, 2008; near 0 two terms of the series), then twice (float) or
/// three times Halley's step y − u/(1 + u·y), u = (erf y − x)/erf′ y, the difference taken from erfc y − (1 − |x|) where that has more digits. About 10 times the work of erf.</remarks>
public readonly struct Erfinv : IUnary<Erfinv>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-0.9, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), one = R.Of(1), y = Step(a, Step(a, Guess(a)));
        if (R.IsDouble) y = Step(a, y);
        return R.CopySign(R.IfEqual(a, one, R.Of(double.PositiveInfinity), y), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.886226925452758) * (y * y).Exp();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Guess<R>(R a) where R : struct, ILane<R>
    {
        // w = √(b² + t) − b, without cancellation while b is positive
        R one = R.Of(1), log = Autodiff.Log.Primal((one - a) * (one + a)), t = R.Of(-1 / 0.147) * log;
        R b = R.FusedMultiplyAdd(R.Of(0.5), log, R.Of(2 / (Math.PI * 0.147))), root = R.SquareRoot(R.FusedMultiplyAdd(b, b, t));
        R guess = R.SquareRoot(R.IfGreater(b, R.Of(0), t / (root + b), root - b));
        R near = R.Of(0.886226925452758) * a;
        return R.IfGreater(R.Of(0.1), a, R.FusedMultiplyAdd(near, R.Of(Math.PI / 12) * (a * a), near), guess);
    }

    // a call, since both formulas of erf are too much for one loop
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Step<R>(R a, R y) where R : struct, ILane<R>
    {
        // 1 − a is exact where it is used
        R one = R.Of(1), difference = R.IfGreater(R.Of(0.6), a, Autodiff.Erf.Near(y) - a, (one - a) - Autodiff.Erfc.Far(y, y));
        R u = difference * (R.Of(0.886226925452758) * Autodiff.Exp.Primal(y * y));
        return y - (u / R.FusedMultiplyAdd(u, y, one));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Erfinv"/>
        public R Erfinv() => R.Apply<Erfinv>(x);
    }
}
