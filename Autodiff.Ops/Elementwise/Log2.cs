using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Binary logarithm: y = log₂ x.</summary>
/// <remarks>∂y/∂x = 1 / (x·ln 2). −∞ at 0 (derivative ∞, 0 where the cotangent is 0), NaN below, ∞ at ∞; whole powers of 2 come out exactly.
/// Accuracy: at most 1 unit in the last place. Method: ln x and 1 / ln 2 in two parts.</remarks>
public readonly struct Log2 : IUnary<Log2>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // 1 / ln 2, and what its rounding lost
        (R high, R low) = TwoParts.Log(x);
        R c = R.Of(1.4426950408889634), rest = R.Of(2.0355273740931033e-17, 1.9259629911266175e-08), y = high * c;
        return Autodiff.Log.WithEdges(x, y + (R.FusedMultiplyAdd(high, c, -y) + R.FusedMultiplyAdd(high, rest, low * c)));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1.4426950408889634) / x;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Log2"/>
        public R Log2() => R.Apply<Log2>(x);
    }
}
