namespace Autodiff;

/// <summary>Comparison: 1 where a ≥ b, else 0 (also where one is NaN).</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct GreaterOrEqual : IBinary<GreaterOrEqual>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.1, -0.9), (0.9, 1.1)), Autodiff.Domain.In((-0.5, 0.5)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, b, R.Of(1), R.IfEqual(a, b, R.Of(1), R.Of(0)));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.GreaterOrEqual"/>
        public R GreaterOrEqual(R b) => R.Apply<GreaterOrEqual>(a, b);

        /// <inheritdoc cref="Autodiff.GreaterOrEqual"/>
        public R GreaterOrEqual(double b) => R.Apply<GreaterOrEqual>(a, R.Of(b));
    }
}
