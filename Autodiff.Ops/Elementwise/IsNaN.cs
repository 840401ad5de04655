using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Test: 1 where x is NaN, else 0.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct IsNaN : IUnary<IsNaN>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfEqual(x, x, R.Of(0), R.Of(1));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.IsNaN"/>
        public R IsNaN() => R.Apply<IsNaN>(x);
    }
}
