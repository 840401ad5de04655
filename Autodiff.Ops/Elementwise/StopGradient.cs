using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>A value that is not differentiated through: y = x, with the derivative zero by declaration.</summary>
/// <remarks>∂y/∂x = 0, of every order: what is left of a target, a baseline or a weight that is to count as data. It is a step of the recording like any other, so in a row function it is computed
/// for every row.
/// NaN stays, with derivative 0. JAX calls it <c>stop_gradient</c>, PyTorch <c>detach</c>.</remarks>
public readonly struct StopGradient : IUnary<StopGradient>
{
    /// <inheritdoc/>
    public static bool DeclaresDerivative => true;

    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => x;

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.StopGradient"/>
        public R StopGradient() => R.Apply<StopGradient>(x);
    }
}
