using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Gaussian error linear unit in the form with tanh: y = ½·x·(1 + tanh v) = x·σ(2v), v = √(2/π)·(x + 0.044715·x³).</summary>
/// <remarks>∂y/∂x = σ(2v) + x·σ(2v)·σ(−2v)·2v′. At −∞ the limits, −0 and derivative 0; at ∞ ∞ and 1; ±0 at ±0. NaN gives NaN. It is within 5·10⁻⁴ of the exact <see cref="Gelu"/>.
/// Accuracy: at most 4 units in the last place, in the negative tail, too, up to a factor of 30 from subnormals (2v in two parts).
/// Source: Hendrycks and Gimpel, arXiv:1606.08415.</remarks>
public readonly struct GeluTanh : IUnary<GeluTanh>
{
    // 2·√(2/π), and 0.044715 times that
    private const double Linear = 1.5957691216057308, Cubic = 0.07135481627260025;

    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R one = R.Of(1), zero = R.Of(0), share = Exponential(R.Magnitude(x));

        // x times the exponential first: below zero the limit at −∞ is 0
        R limit = R.Of(-23, -12), below = R.IfGreater(limit, x, limit, x);
        return R.IfGreater(zero, x, below * share, x) / (one + share);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R square = x * x, inner = x * (R.Of(Linear) + (R.Of(Cubic) * square));
        R share = inner.Sigmoid(), both = share * (-inner).Sigmoid();
        return share + R.IfEqual(both, R.Of(0), both, both * x * (R.Of(Linear) + (R.Of(3 * Cubic) * square)));
    }

    // e^(−2v) of a = |x|, with both constants, their product with a² and the sum in two parts; beyond the limit it is 0
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static R Exponential<R>(R a) where R : struct, ILane<R>
    {
        R limit = R.Of(22.5, 11.5);
        a = R.IfGreater(a, limit, limit, a);
        R linear = R.Of(Linear, 1.5957691669464111), cubic = R.Of(Cubic, 0.07135481387376785), z = a * a, lost = R.FusedMultiplyAdd(a, a, -z);
        R t = cubic * z, rest = R.FusedMultiplyAdd(cubic, z, -t) + R.FusedMultiplyAdd(cubic, lost, R.Of(-6.175149918155315e-19, 2.3988324659995897e-09) * z);
        R sum = linear + t, part = sum - linear;
        rest += (linear - (sum - part)) + (t - part) + R.Of(-9.96930880911092e-17, -4.534068054340423e-08);
        R high = a * sum, low = R.FusedMultiplyAdd(a, sum, -high) + (a * rest);
        return TwoParts.Exp(-high, -low);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.GeluTanh"/>
        public R GeluTanh() => R.Apply<GeluTanh>(x);
    }
}
