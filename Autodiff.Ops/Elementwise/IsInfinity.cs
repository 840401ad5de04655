using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Test: 1 where x is ∞ or −∞, else 0 (also where it is NaN).</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct IsInfinity : IUnary<IsInfinity>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfEqual(R.Magnitude(x), R.Of(double.PositiveInfinity), R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.IsInfinity"/>
        public R IsInfinity() => R.Apply<IsInfinity>(x);
    }
}
