using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Sine of a multiple of π: y = sin πx.</summary>
/// <remarks>∂y/∂x = π·cos πx. Exactly 0 at integers, with the sign of x; NaN at ±∞. Accuracy: at most 3 units in the last place, at any x: x less the nearest integer is exact.</remarks>
public readonly struct SinPi : IUnary<SinPi>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R n = Rounding.Nearest(x), s = R.SineOf(R.Of(Math.PI) * (x - n)), half = R.Of(0.5) * n;
        s = R.IfEqual(Rounding.Nearest(half), half, s, -s);
        return R.IfEqual(s, R.Of(0), R.CopySign(s, x), s);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(Math.PI) * x.CosPi();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.SinPi"/>
        public R SinPi() => R.Apply<SinPi>(x);
    }
}
