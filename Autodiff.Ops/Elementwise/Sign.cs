using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Sign: y = 1 for x &gt; 0, −1 for x &lt; 0, 0 at 0.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero, also at the steps. NaN gives NaN.</remarks>
public readonly struct Sign : IUnary<Sign>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(x, R.Of(0), R.Of(1), R.IfGreater(R.Of(0), x, R.Of(-1), x));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sign"/>
        public R Sign() => R.Apply<Sign>(x);
    }
}
