using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Reciprocal square root: y = 1 / √x.</summary>
/// <remarks>∂y/∂x = −y / (2x). ∞ at 0 with derivative −∞, 0 at ∞, NaN below 0. Accuracy: at most 1.5 units in the last place.</remarks>
public readonly struct ReciprocalSqrt : IUnary<ReciprocalSqrt>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.Of(1) / R.SquareRoot(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-0.5) * (y / x);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.ReciprocalSqrt"/>
        public R ReciprocalSqrt() => R.Apply<ReciprocalSqrt>(x);
    }
}
