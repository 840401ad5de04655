using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The terms of an entropy: y = −x·ln x, and 0 at 0.</summary>
/// <remarks>∂y/∂x = −ln x − 1, ∞ at 0 (0 where the cotangent is 0). −∞ for x &lt; 0, with derivative NaN, and at ∞. NaN gives NaN. Accuracy: at most 3 units in the last place.</remarks>
public readonly struct Entr : IUnary<Entr>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R zero = R.Of(0);
        return R.IfEqual(x, zero, zero, R.IfGreater(zero, x, R.Of(double.NegativeInfinity), -x * Autodiff.Log.Primal(x)));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-1) - x.Log();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Entr"/>
        public R Entr() => R.Apply<Entr>(x);
    }
}
