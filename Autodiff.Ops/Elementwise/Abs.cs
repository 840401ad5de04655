namespace Autodiff;

/// <summary>Absolute value: y = |x|.</summary>
/// <remarks>∂y/∂x = sign x; 0 at x = 0 (also at −0). NaN gives NaN in value and gradient.</remarks>
public readonly struct Abs : IUnary<Abs>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.Magnitude(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfGreater(x, R.Of(0), R.Of(1), R.IfGreater(R.Of(0), x, R.Of(-1), R.IfEqual(x, x, R.Of(0), x)));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Abs"/>
        public R Abs() => R.Apply<Abs>(x);
    }
}
