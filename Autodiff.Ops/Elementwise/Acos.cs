using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse cosine: y = arccos x, in [0, π].</summary>
/// <remarks>∂y/∂x = −1 / √(1 − x²), −∞ at ±1. NaN outside of [−1, 1]. Accuracy: at most 4 units in the last place.
/// Method: 2·arctan √((1 − x) / (1 + x)), which keeps all digits near 1.</remarks>
public readonly struct Acos : IUnary<Acos>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-0.9, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.Of(2) * Autodiff.Atan.Primal(R.SquareRoot((R.Of(1) - x) / (R.Of(1) + x)));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-1) / ((R.Of(1) - x) * (R.Of(1) + x)).Sqrt();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Acos"/>
        public R Acos() => R.Apply<Acos>(x);
    }
}
