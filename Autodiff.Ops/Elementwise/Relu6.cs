using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Rectifier with an upper end: y = x, but at least 0 and at most 6.</summary>
/// <remarks>∂y/∂x = 1 between 0 and 6, 0 outside and at both kinks (at 0 as in <see cref="Relu"/>; <see cref="HardTanh"/> has 1 at its limits). NaN gives NaN in value and gradient.
/// Source: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10, 2010.</remarks>
public readonly struct Relu6 : IUnary<Relu6>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-2, -0.2), (0.2, 5.8), (6.2, 8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(R.Of(0), x, R.Of(0), R.IfGreater(x, R.Of(6), R.Of(6), x));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
        => R.IfGreater(x, R.Of(0), R.IfGreater(R.Of(6), x, R.Of(1), R.Of(0)), R.IfEqual(x, x, R.Of(0), x));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Relu6"/>
        public R Relu6() => R.Apply<Relu6>(x);
    }
}
