using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse sine: y = arcsin x, in [−π/2, π/2].</summary>
/// <remarks>∂y/∂x = 1 / √(1 − x²), ∞ at ±1. NaN outside of [−1, 1]. Accuracy: at most 4 units in the last place.
/// Method: arctan(x / √((1 − x)(1 + x))).</remarks>
public readonly struct Asin : IUnary<Asin>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-0.9, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => Autodiff.Atan.Primal(x / R.SquareRoot((R.Of(1) - x) * (R.Of(1) + x)));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / ((R.Of(1) - x) * (R.Of(1) + x)).Sqrt();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Asin"/>
        public R Asin() => R.Apply<Asin>(x);
    }
}
