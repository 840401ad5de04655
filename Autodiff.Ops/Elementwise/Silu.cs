using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Sigmoid linear unit (swish): y = x·σ(x) = x / (1 + e^(−x)).</summary>
/// <remarks>∂y/∂x = σ(x) + y·σ(−x). At −∞ the limits, −0 and derivative 0; at ∞ ∞ and 1. NaN gives NaN.
/// Accuracy: at most 3 units in the last place, down to subnormals. Source: Elfwing, Uchibe and Doya, arXiv:1702.03118.</remarks>
public readonly struct Silu : IUnary<Silu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // e^(−|x|) cannot overflow; beyond the limit x·e^x is 0, at −∞, too
        R limit = R.Of(-800, -120), below = R.IfGreater(limit, x, limit, x), zero = R.Of(0);
        R a = -R.Magnitude(x);
        (R n, R m) = Autodiff.Exp.Reduced(R.IfGreater(limit, a, limit, a));
        R top = R.IfGreater(zero, x, R.Scale(R.FusedMultiplyAdd(below, m, below), n), x);
        return top / (R.Of(1) + R.Scale(m + R.Of(1), n));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R away = (-x).Sigmoid();
        return x.Sigmoid() + R.IfEqual(away, R.Of(0), away, y * away);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Silu"/>
        public R Silu() => R.Apply<Silu>(x);
    }
}
