namespace Autodiff;

/// <summary>Product and sum, rounded once: y = a · b + c.</summary>
/// <remarks>∂y/∂a = b, ∂y/∂b = a, ∂y/∂c = 1. NaN where a · b is NaN (0 · ∞), as in IEEE 754-2019, 5.4.1; where the processor has no such instruction it is slow, but exact.</remarks>
public readonly struct FusedMultiplyAdd : ITernary<FusedMultiplyAdd>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => R.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => a;

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.Of(1);
}
