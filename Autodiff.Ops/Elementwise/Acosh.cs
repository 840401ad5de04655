using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Inverse hyperbolic cosine: y = arcosh x = ln(x + √(x² − 1)), x ≥ 1.</summary>
/// <remarks>∂y/∂x = 1 / √(x² − 1), ∞ at 1. NaN below 1, ∞ at ∞. Accuracy: at most 4 units in the last place.
/// Method: ln(1 + t + √t·√(t + 2)) with t = x − 1; ln 2 + ln(1 + x) where the square is too large.</remarks>
public readonly struct Acosh : IUnary<Acosh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((1.2, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R t = x - R.Of(1), big = R.Of(1e18, 1e9);
        R z = R.IfGreater(x, big, x, t + (R.SquareRoot(t) * R.SquareRoot(t + R.Of(2))));
        return Autodiff.LogP1.Primal(z) + R.IfGreater(x, big, R.Of(0.69314718055994531), R.Of(0));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / ((x - R.Of(1)).Sqrt() * (x + R.Of(1)).Sqrt());
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Acosh"/>
        public R Acosh() => R.Apply<Acosh>(x);
    }
}
