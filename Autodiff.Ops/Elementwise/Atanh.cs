using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse hyperbolic tangent: y = artanh x = ½·ln((1 + x) / (1 − x)).</summary>
/// <remarks>∂y/∂x = 1 / (1 − x²). ±∞ at ±1 with derivative ∞, NaN beyond, ±0 at ±0. Accuracy: at most 4 units in the last place.
/// Method: ½·ln(1 + 2|x| / (1 − |x|)).</remarks>
public readonly struct Atanh : IUnary<Atanh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-0.9, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x);
        return R.CopySign(R.Of(0.5) * Autodiff.LogP1.Primal((a + a) / (R.Of(1) - a)), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / ((R.Of(1) - x) * (R.Of(1) + x));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Atanh"/>
        public R Atanh() => R.Apply<Atanh>(x);
    }
}
