namespace Autodiff;

/// <summary>Square: y = x².</summary>
/// <remarks>∂y/∂x = 2x.</remarks>
public readonly struct Square : IUnary<Square>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => x * x;

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(2) * x;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Square"/>
        public R Square() => R.Apply<Square>(x);
    }
}
