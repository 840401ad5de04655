using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Exponential less one: y = eˣ − 1, with all digits for small x.</summary>
/// <remarks>∂y/∂x = y + 1. −1 at −∞, ∞ above 709.78 (float: 88.72), ±0 at ±0. NaN gives NaN. Accuracy: at most 3 units in the last place.</remarks>
public readonly struct ExpM1 : IUnary<ExpM1>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        (R y, R n, R m) = Parts(R.AtMost(x, R.Of(1400, 170)));

        // from 2⁶⁰ on the 1 does not matter, and 2ⁿ alone may be no normal number
        y = R.IfGreater(n, R.Of(60), R.Scale(m + R.Of(1), n), R.IfEqual(x, x, y, x));
        return R.IfEqual(x, R.Of(0), x, y);
    }

    /// <summary>eˣ − 1, right up to n = 60 of x = n·ln 2 + r; n; and eʳ − 1. A zero loses its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R Y, R N, R M) Parts<R>(R x) where R : struct, ILane<R>
    {
        // below −40 (−20) the result is −1; 2ⁿ·m + (2ⁿ − 1) keeps the digits of m where n is 0
        (R n, R m) = Autodiff.Exp.Reduced(R.AtLeast(x, R.Of(-40, -20)));
        R scale = R.PowerOfTwo(n);
        return (R.IfEqual(n, R.Of(0), m, R.FusedMultiplyAdd(scale, m, scale - R.Of(1))), n, m);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => y + R.Of(1);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.ExpM1"/>
        public R ExpM1() => R.Apply<ExpM1>(x);
    }
}
