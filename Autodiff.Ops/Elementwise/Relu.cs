namespace Autodiff;

/// <summary>Rectifier: y = max(x, 0).</summary>
/// <remarks>∂y/∂x = 1 for x &gt; 0, 0 for x ≤ 0 (also at the kink). NaN gives NaN in value and gradient. Source: Nair and Hinton, ICML 2010.</remarks>
public readonly struct Relu : IUnary<Relu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(R.Of(0), x, R.Of(0), x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfGreater(x, R.Of(0), R.Of(1), R.IfEqual(x, x, R.Of(0), x));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Relu"/>
        public R Relu() => R.Apply<Relu>(x);
    }
}
