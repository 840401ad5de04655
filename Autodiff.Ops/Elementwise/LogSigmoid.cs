using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logarithm of the logistic function: y = ln σ(x) = −ln(1 + e^(−x)).</summary>
/// <remarks>∂y/∂x = σ(−x). Computed as min(x, 0) − ln(1 + e^(−|x|)): no overflow, all digits where it is small. NaN gives NaN.
/// Accuracy: at most 3 units in the last place.</remarks>
public readonly struct LogSigmoid : IUnary<LogSigmoid>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(x, R.Of(0), R.Of(-0.0), x) - Autodiff.Softplus.OfMagnitude(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => (-x).Sigmoid();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LogSigmoid"/>
        public R LogSigmoid() => R.Apply<LogSigmoid>(x);
    }
}
