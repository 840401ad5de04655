namespace Autodiff;

/// <summary>Product: y = a · b, element by element.</summary>
/// <remarks>∂y/∂a = b, ∂y/∂b = a: each factor receives the other. 0 · ∞ is NaN in the value, as in IEEE 754.</remarks>
public readonly struct Multiply : IBinary<Multiply>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => a * b;

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => a;
}
