using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Decimal logarithm: y = log₁₀ x.</summary>
/// <remarks>∂y/∂x = 1 / (x·ln 10). −∞ at 0 (derivative ∞, 0 where the cotangent is 0), NaN below, ∞ at ∞; whole powers of 10 come out exactly.
/// Accuracy: at most 1 unit in the last place. Method: ln x and 1 / ln 10 in two parts.</remarks>
public readonly struct Log10 : IUnary<Log10>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // 1 / ln 10, and what its rounding lost
        (R high, R low) = TwoParts.Log(x);
        R c = R.Of(0.4342944819032518), rest = R.Of(1.098319650216765e-17, -1.0103050052231683e-08), y = high * c;
        return Autodiff.Log.WithEdges(x, y + (R.FusedMultiplyAdd(high, c, -y) + R.FusedMultiplyAdd(high, rest, low * c)));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.4342944819032518) / x;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Log10"/>
        public R Log10() => R.Apply<Log10>(x);
    }
}
