using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Cosine of a multiple of π: y = cos πx.</summary>
/// <remarks>∂y/∂x = −π·sin πx. Exactly 0 between two integers; NaN at ±∞. Accuracy: at most 3 units in the last place, at any x.
/// Method: cos πr = sin π(½ − |r|) for r, x less the nearest integer: both differences are exact where the cosine is small.</remarks>
public readonly struct CosPi : IUnary<CosPi>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R n = Rounding.Nearest(x), c = R.SineOf(R.Of(Math.PI) * (R.Of(0.5) - R.Magnitude(x - n))), half = R.Of(0.5) * n;
        return R.IfEqual(c, R.Of(0), R.Of(0), R.IfEqual(Rounding.Nearest(half), half, c, -c));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-Math.PI) * x.SinPi();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.CosPi"/>
        public R CosPi() => R.Apply<CosPi>(x);
    }
}
