namespace Autodiff;

/// <summary>The chain rule's product: y = x̄ · p, and 0 where x̄ = 0, whatever p: a zero cotangent contributes zero.</summary>
/// <remarks>∂y/∂x̄ = p also at x̄ = 0: in x̄ the product is linear.</remarks>
public readonly struct Chain : IBinary<Chain>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfEqual(a, R.Of(0), R.Of(0), a * b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => a;
}
