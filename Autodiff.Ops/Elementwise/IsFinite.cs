using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Test: 1 where x is a number, 0 where it is ∞, −∞ or NaN.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct IsFinite : IUnary<IsFinite>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(R.Of(double.PositiveInfinity), R.Magnitude(x), R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.IsFinite"/>
        public R IsFinite() => R.Apply<IsFinite>(x);
    }
}
