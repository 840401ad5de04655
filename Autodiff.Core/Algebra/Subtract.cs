namespace Autodiff;

/// <summary>Difference: y = a − b.</summary>
/// <remarks>∂y/∂a = 1, ∂y/∂b = −1.</remarks>
public readonly struct Subtract : IBinary<Subtract>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => a - b;

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(1);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(-1);
}
