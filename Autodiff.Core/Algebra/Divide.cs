namespace Autodiff;

/// <summary>Quotient: y = a / b, element by element.</summary>
/// <remarks>∂y/∂a = 1 / b, ∂y/∂b = −y / b; infinite or NaN at b = 0, as in IEEE 754.</remarks>
public readonly struct Divide : IBinary<Divide>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => a / b;

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(1) / b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -(y / b);
}
