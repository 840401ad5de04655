using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The terms of a relative entropy: y = a·ln(a/b), and 0 at a = 0.</summary>
/// <remarks>∂y/∂a = ln(a/b) + 1, ∂y/∂b = −a/b; 1 and −1 wherever finite a = b, at (0, 0), too. 0 at a = 0 (derivative −∞ by a for b &gt; 0), ∞ at b = 0 &lt; a and where one is negative (derivatives NaN there).
/// NaN in either gives NaN, and so does (∞, ∞), in value and derivatives. Accuracy: at most 4 units in the last place, where a and b are nearly equal, too. Method: for a/b from ½ to 2 the series of 2a·artanh((a − b)/(a + b)), else ln a − ln b
/// in two parts.
/// SciPy calls it <c>rel_entr</c>; <see cref="KlDiv"/> is a − b less.</remarks>
public readonly struct RelEntr : IBinary<RelEntr>
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
        R twice = s + s, near = a * R.FusedMultiplyAdd(s * s * LogRatio.Series(s * s), twice, twice), end = R.Of(-0.5);
        if (R.AllGreater(t, end) && R.AllGreater(one, t) && R.AllGreater(b, R.Of(0))) return near;

        // from ½ to 2, a − b is exact
        R far = Far(a, b);
        return LogRatio.WithEdges(a, b, R.IfGreater(t, end, R.IfGreater(one, t, near, far), far), R.Of(0), R.Of(double.NegativeInfinity));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => LogRatio.Of(a, b) + R.Of(1);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        R zero = R.Of(0), slope = -(a / b);
        return LogRatio.UnlessNegative(a, b, R.IfEqual(a, zero, R.IfEqual(b, zero, R.Of(-1), slope), slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Far<R>(R a, R b) where R : struct, ILane<R>
    {
        (R high, R low) = LogRatio.Far(a, b);
        return a * (high + low);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.RelEntr"/>
        public R RelEntr(R b) => R.Apply<RelEntr>(a, b);
    }
}
