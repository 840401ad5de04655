using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The nearest integer, ties to even.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero, also at the steps. ±0, ±∞ and NaN stay; from −½ to 0 it is −0.</remarks>
public readonly struct Round : IUnary<Round>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.4, -1.1), (0.1, 0.4), (0.6, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Rounding.Nearest(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Round"/>
        public R Round() => R.Apply<Round>(x);
    }
}
