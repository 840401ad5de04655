using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Power of two: y = 2ˣ.</summary>
/// <remarks>∂y/∂x = y·ln 2. ∞ from 1024 (float: 128) on, 0 far below; subnormal results are rounded, whole x come out exactly. NaN gives NaN.
/// Accuracy: at most 2 units in the last place. Method: x = n + r, 2ˣ = 2ⁿ·e^(r·ln 2).</remarks>
public readonly struct Exp2 : IUnary<Exp2>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // the ends only keep n within the exponents; a NaN passes both comparisons
        R top = R.Of(1200, 160), bottom = -top;
        x = R.IfGreater(x, top, top, R.IfGreater(bottom, x, bottom, x));
        R n = R.RoundToEven(x), r = (x - n) * R.Of(0.69314718055994531);
        return R.Scale(R.Of(1) + R.FusedMultiplyAdd(Autodiff.Exp.Series(r) * r, r, r), n);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.69314718055994531) * y;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Exp2"/>
        public R Exp2() => R.Apply<Exp2>(x);
    }
}
