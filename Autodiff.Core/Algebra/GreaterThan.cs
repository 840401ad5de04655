namespace Autodiff;

/// <summary>Comparison: 1 where a &gt; b, else 0 (also where one is NaN).</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct GreaterThan : IBinary<GreaterThan>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-2, -1), (1, 2)), Autodiff.Domain.In((-0.5, 0.5)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, b, R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}
