using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse hyperbolic sine: y = arsinh x = ln(x + √(x² + 1)).</summary>
/// <remarks>∂y/∂x = 1 / √(1 + x²). ±∞ at ±∞, ±0 at ±0. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: ln(1 + |x| + x² / (1 + √(1 + x²))); ln 2 + ln(1 + |x|) where the square is too large.</remarks>
public readonly struct Asinh : IUnary<Asinh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), one = R.Of(1), big = R.Of(1e18, 1e9), square = a * a;
        R z = R.IfGreater(a, big, a, a + (square / (one + R.SquareRoot(one + square))));
        return R.CopySign(Autodiff.LogP1.Primal(z) + R.IfGreater(a, big, R.Of(0.69314718055994531), R.Of(0)), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / x.Hypot(1);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Asinh"/>
        public R Asinh() => R.Apply<Asinh>(x);
    }
}
