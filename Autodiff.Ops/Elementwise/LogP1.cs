using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logarithm of one more: y = ln(1 + x), with all digits for small x.</summary>
/// <remarks>∂y/∂x = 1 / (1 + x). −∞ at −1, NaN below, ±0 at ±0. Accuracy: at most 3 units in the last place.
/// Method: ln w + (x − (w − 1)) / w for the rounded w = 1 + x (W. Kahan's correction).</remarks>
public readonly struct LogP1 : IUnary<LogP1>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-0.7, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R one = R.Of(1), w = one + x;
        // what rounding took from w: exact for |x| ≤ 1; beyond, x − (w − 1) is still the error by Sterbenz's lemma or below a unit
        R lost = R.IfGreater(x, one, one - (w - x), x - (w - one));
        R log = Autodiff.Log.Primal(w), y = R.IfGreater(w, R.Of(0), log + (lost / w), log);
        return R.IfEqual(x, R.Of(0), x, R.IfEqual(x, R.Of(double.PositiveInfinity), x, y));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / (R.Of(1) + x);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LogP1"/>
        public R LogP1() => R.Apply<LogP1>(x);
    }
}
