namespace Autodiff;

/// <summary>Selection: y = b where the condition a is not zero, else c.</summary>
/// <remarks>∂y/∂b is 1 where b was taken, else 0; ∂y/∂c the other way round; the condition has the derivative zero by declaration. What was not
/// taken contributes nothing, even if it is infinite or NaN. A NaN condition counts as not zero.</remarks>
public readonly struct Where : ITernary<Where>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Binary, Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => R.IfEqual(a, R.Of(0), c, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(0), R.Of(0), R.Of(1));

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(0), R.Of(1), R.Of(0));
}
