namespace Autodiff;

/// <summary>Comparison: 1 where a &lt; b, else 0 (also where one is NaN).</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct LessThan : IBinary<LessThan>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.1, -0.9), (0.9, 1.1)), Autodiff.Domain.In((-0.5, 0.5)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(b, a, R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LessThan"/>
        public R LessThan(R b) => R.Apply<LessThan>(a, b);

        /// <inheritdoc cref="Autodiff.LessThan"/>
        public R LessThan(double b) => R.Apply<LessThan>(a, R.Of(b));
    }
}
