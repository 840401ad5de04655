using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The terms of a Kullback–Leibler divergence of measures: y = a·ln(a/b) − a + b, which is never below 0 and 0 where a = b.</summary>
/// <remarks>∂y/∂a = ln(a/b), ∂y/∂b = 1 − a/b; 0 wherever finite a = b, at (0, 0), too. b at a = 0 (derivative −∞ by a), ∞ at b = 0 and where one is negative (derivatives NaN there), also where one is ∞.
/// NaN in either gives NaN, and so does (∞, ∞), in value and derivatives. Accuracy: at most 4 units in the last place, where a and b are nearly equal, too. Method: for a/b from ½ to 2, with d = a − b, s = d/(a + b) and P the series of artanh,
/// y = d·s·(1 + s·(1 + s)·P(s²)); else with ln a − ln b in two parts. SciPy calls it <c>kl_div</c>; <see cref="RelEntr"/> is without − a + b.</remarks>
public readonly struct KlDiv : IBinary<KlDiv>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Positive, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R one = R.Of(1), two = R.Of(2), d = a - b, t = d / b, s = t / (two + t);
        R near = d * s * R.FusedMultiplyAdd(s * (one + s), LogRatio.Series(s * s), one), end = R.Of(-0.5);
        if (R.AllGreater(t, end) && R.AllGreater(one, t) && R.AllGreater(b, R.Of(0))) return near;

        // from ½ to 2, a − b is exact
        R far = Far(a, b);
        return LogRatio.WithEdges(a, b, R.IfGreater(t, end, R.IfGreater(one, t, near, far), far), b, R.Of(double.PositiveInfinity));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => LogRatio.Of(a, b);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        R zero = R.Of(0), slope = (b - a) / b;
        return LogRatio.UnlessNegative(a, b, R.IfEqual(a, zero, R.IfEqual(b, zero, zero, slope), slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Far<R>(R a, R b) where R : struct, ILane<R>
    {
        (R high, R low) = LogRatio.Far(a, b);

        // b − a with what rounding took from it
        R d = b - a, back = d - b, lost = (b - (d - back)) - (a + back);
        return R.FusedMultiplyAdd(a, high, d) + R.FusedMultiplyAdd(a, low, lost);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.KlDiv"/>
        public R KlDiv(R b) => R.Apply<KlDiv>(a, b);
    }
}
