using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logical or: 1 where one is not zero, else 0; NaN counts as not zero.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero. It joins the results of comparisons, as conditions of a selection, for instance.</remarks>
public readonly struct Or : IBinary<Or>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfEqual(a, R.Of(0), R.IfEqual(b, R.Of(0), R.Of(0), R.Of(1)), R.Of(1));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Or"/>
        public R Or(R b) => R.Apply<Or>(a, b);
    }
}
