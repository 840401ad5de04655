namespace Autodiff;

/// <summary>A sum that has taken up a product: y = c + a · b, with the rounding of two steps.</summary>
/// <remarks>∂y/∂a = b, ∂y/∂b = a, ∂y/∂c = 1. How <c>c + a * b</c> over scalars is recorded.</remarks>
internal readonly struct MultiplyAdd : ITernary<MultiplyAdd>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => c + (a * b);

    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => b;

    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => a;

    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.Of(1);
}
