using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logistic function: y = 1 / (1 + e^(−x)).</summary>
/// <remarks>∂y/∂x = y·(1 − y). Exact limits 0 and 1 at ∓∞; very negative x gives e^x, down to subnormals. NaN gives NaN. Accuracy: at most 3 units in the last place.</remarks>
public readonly struct Sigmoid : IUnary<Sigmoid>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // e^(−|x|) cannot overflow: the same quotient read from either side
        R e = Autodiff.Exp.Primal(-R.Magnitude(x));
        return R.IfGreater(R.Of(0), x, e, R.Of(1)) / (R.Of(1) + e);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => y * (R.Of(1) - y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sigmoid"/>
        public R Sigmoid() => R.Apply<Sigmoid>(x);
    }
}
