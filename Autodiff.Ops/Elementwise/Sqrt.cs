namespace Autodiff;

/// <summary>Square root: y = √x.</summary>
/// <remarks>∂y/∂x = 1 / (2y): infinite at x = 0 (0 where the cotangent is 0), NaN below 0, 0 at ∞.</remarks>
public readonly struct Sqrt : IUnary<Sqrt>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.SquareRoot(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.5) / y;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sqrt"/>
        public R Sqrt() => R.Apply<Sqrt>(x);
    }
}
