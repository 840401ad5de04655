namespace Autodiff;

/// <summary>Negation: y = −x.</summary>
/// <remarks>∂y/∂x = −1.</remarks>
public readonly struct Negate : IUnary<Negate>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => -x;

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-1);
}
