namespace Autodiff;

/// <summary>Comparison: 0 where a = b, else 1 (also where one is NaN).</summary>
/// <remarks>Piecewise constant: the derivative is declared zero.</remarks>
public readonly struct NotEqualTo : IBinary<NotEqualTo>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.1, -0.9), (0.9, 1.1)), Autodiff.Domain.In((-0.5, 0.5)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfEqual(a, b, R.Of(0), R.Of(1));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.NotEqualTo"/>
        public R NotEqualTo(R b) => R.Apply<NotEqualTo>(a, b);

        /// <inheritdoc cref="Autodiff.NotEqualTo"/>
        public R NotEqualTo(double b) => R.Apply<NotEqualTo>(a, R.Of(b));
    }
}
