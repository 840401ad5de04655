using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Mish: y = x·tanh ln(1 + eˣ).</summary>
/// <remarks>∂y/∂x = t + x·σ(x)·(1 − t²), t = tanh ln(1 + eˣ). At −∞ the limits, −0 and derivative 0; at ∞ ∞ and 1. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: t = (e² + 2e) / (e² + 2e + 2) for e = eˣ, and the same in e^(−x) for x &gt; 0. Source: Misra, arXiv:1908.08681.</remarks>
public readonly struct Mish : IUnary<Mish>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // beyond 40, x or x·eˣ to the last digit, the latter in two factors: the exponential alone would lose digits before the product does
        R far = R.Of(40), zero = R.Of(0), one = R.Of(1), two = R.Of(2), a = R.Magnitude(x);
        R e = Autodiff.Exp.Primal(R.IfGreater(a, far, far, zero) - a);
        R top = R.IfGreater(x, zero, R.FusedMultiplyAdd(two, e, one), e * (e + two));
        R near = x * (top / (top + R.IfGreater(x, zero, two * e * e, two)));
        R below = R.IfEqual(e, zero, R.Of(-0.0), x * e * R.Of(4.2483542552915889e-18));
        return R.IfGreater(a, far, R.IfGreater(x, zero, x, below), near);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R t = x.Softplus().Tanh(), slope = x.Sigmoid() * (R.Of(1) - (t * t));
        return t + R.IfEqual(slope, R.Of(0), slope, x * slope);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Mish"/>
        public R Mish() => R.Apply<Mish>(x);
    }
}
