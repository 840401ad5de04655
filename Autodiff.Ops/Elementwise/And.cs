using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logical and: 1 where neither is zero, else 0; NaN counts as not zero.</summary>
/// <remarks>Piecewise constant: the derivative is declared zero. It joins the results of comparisons, as conditions of a selection, for instance.</remarks>
public readonly struct And : IBinary<And>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfEqual(a, R.Of(0), R.Of(0), R.IfEqual(b, R.Of(0), R.Of(0), R.Of(1)));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.And"/>
        public R And(R b) => R.Apply<And>(a, b);
    }
}
