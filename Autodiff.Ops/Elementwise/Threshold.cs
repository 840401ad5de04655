using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>What is above a threshold, and a value instead of the rest: y = a for a &gt; b, c else; b is the threshold, c the value.</summary>
/// <remarks>∂y/∂a = 1 above the threshold, 0 else (also at it); ∂y/∂c = 1 where it was taken; by the threshold the derivative is declared zero. NaN in a or b gives NaN in value and ∂y/∂a.</remarks>
public readonly struct Threshold : ITernary<Threshold>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.In((-0.1, 0.1)), Autodiff.Domain.Reals);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => R.IfGreater(a, b, a, R.IfEqual(a, a, R.IfEqual(b, b, c, b), a));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfGreater(a, b, R.Of(1), R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfGreater(a, b, R.Of(0), R.IfEqual(a, a, R.IfEqual(b, b, R.Of(1), R.Of(0)), R.Of(0)));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Threshold"/>
        /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
        public R Threshold(double threshold, double value)
        {
            if (double.IsNaN(threshold)) throw new ArgumentOutOfRangeException(nameof(threshold), "Threshold: threshold is NaN; needs a number.");
            return R.Apply<Threshold>(x, R.Of(threshold), R.Of(value));
        }
    }
}
