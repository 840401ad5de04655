using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The greatest integer that is not above x: y = ⌊x⌋.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero, also at the steps. ±0, ±∞ and NaN stay.</remarks>
public readonly struct Floor : IUnary<Floor>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.4, -1.1), (0.1, 0.4), (0.6, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Rounding.Down(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Floor"/>
        public R Floor() => R.Apply<Floor>(x);
    }
}
