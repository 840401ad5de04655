using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Hyperbolic tangent: y = tanh x.</summary>
/// <remarks>∂y/∂x = 1 − y². ±1 at ±∞, ±0 at ±0. NaN gives NaN. Accuracy: at most 3 units in the last place.
/// Method: with t = e^(−2|x|) − 1, |y| = −t / (t + 2), which loses no digits at small x.</remarks>
public readonly struct Tanh : IUnary<Tanh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R t = Autodiff.ExpM1.Parts(R.Of(-2) * R.Magnitude(x)).Y;
        return R.CopySign(-t / (t + R.Of(2)), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) - (y * y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Tanh"/>
        public R Tanh() => R.Apply<Tanh>(x);
    }
}
