using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Piecewise linear logistic function: y = (x + 3)/6, but at least 0 and at most 1.</summary>
/// <remarks>∂y/∂x = 1/6 between −3 and 3, 0 outside (also at the kinks). NaN gives NaN. Source: Howard et al., arXiv:1905.02244.</remarks>
public readonly struct HardSigmoid : IUnary<HardSigmoid>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-5, -4), (-2, 2), (4, 5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
        => R.IfGreater(R.Of(-3), x, R.Of(0), R.IfGreater(x, R.Of(3), R.Of(1), (x + R.Of(3)) / R.Of(6)));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
        => R.IfGreater(x, R.Of(-3), R.IfGreater(R.Of(3), x, R.Of(1.0 / 6), R.Of(0)), R.IfEqual(x, x, R.Of(0), x));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.HardSigmoid"/>
        public R HardSigmoid() => R.Apply<HardSigmoid>(x);
    }
}
