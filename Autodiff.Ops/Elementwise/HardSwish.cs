using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Piecewise quadratic swish: y = x·(x + 3)/6 between −3 and 3, 0 below, x above.</summary>
/// <remarks>∂y/∂x = x/3 + ½ between −3 and 3, 0 below, 1 above (also at the kinks). NaN gives NaN. Source: Howard et al., arXiv:1905.02244.</remarks>
public readonly struct HardSwish : IUnary<HardSwish>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-5, -4), (-2, 2), (4, 5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
        => R.IfGreater(R.Of(-3), x, R.Of(0), R.IfGreater(x, R.Of(3), x, x * ((x + R.Of(3)) / R.Of(6))));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
        => R.IfGreater(x, R.Of(-3), R.IfGreater(R.Of(3), x, (x / R.Of(3)) + R.Of(0.5), R.Of(1)), R.IfEqual(x, x, R.Of(0), x));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.HardSwish"/>
        public R HardSwish() => R.Apply<HardSwish>(x);
    }
}
