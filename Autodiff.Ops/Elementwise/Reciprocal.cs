namespace Autodiff;

/// <summary>Reciprocal: y = 1 / x.</summary>
/// <remarks>∂y/∂x = −y²; at x = 0 the value is ∞ and the derivative −∞, as in IEEE 754.</remarks>
public readonly struct Reciprocal : IUnary<Reciprocal>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.Of(1) / x;

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => -(y * y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Reciprocal"/>
        public R Reciprocal() => R.Apply<Reciprocal>(x);
    }
}
