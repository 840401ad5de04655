namespace Autodiff;

/// <summary>Sine: y = sin x, x in radians.</summary>
/// <remarks>∂y/∂x = cos x. NaN at ±∞.</remarks>
public readonly struct Sin : IUnary<Sin>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.SineOf(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Cos();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sin"/>
        public R Sin() => R.Apply<Sin>(x);
    }
}
