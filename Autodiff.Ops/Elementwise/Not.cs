using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logical negation: 1 where x is zero, else 0; NaN counts as not zero.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct Not : IUnary<Not>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfEqual(x, R.Of(0), R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Not"/>
        public R Not() => R.Apply<Not>(x);
    }
}
