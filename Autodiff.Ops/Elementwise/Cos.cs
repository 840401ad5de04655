namespace Autodiff;

/// <summary>Cosine: y = cos x, x in radians.</summary>
/// <remarks>∂y/∂x = −sin x. NaN at ±∞.</remarks>
public readonly struct Cos : IUnary<Cos>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.CosineOf(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => -x.Sin();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Cos"/>
        public R Cos() => R.Apply<Cos>(x);
    }
}
