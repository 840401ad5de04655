using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Modified Bessel function of the first kind, order 0: y = I₀(x) = Σ (x/2)²ᵏ/k!².</summary>
/// <remarks>∂y/∂x = I₁(x), <see cref="I1"/>. 1 at 0, ∞ at ±∞ and where |x| is above 713.98 (float: 91.9). NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: <see cref="BesselSeriesZero"/>, the series up to 10 and √x·e^(−x)·I₀ as a polynomial in 1/x beyond (Abramowitz and Stegun, 9.6.10, 9.7.1).</remarks>
public readonly struct I0 : IUnary<I0>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-3, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), limit = R.Of(BesselSeriesZero.Limit), b = R.AtMost(a, limit), near = BesselSeriesZero.Near(b);
        if (R.AllGreater(limit, a)) return near;

        // the end only keeps the exponent in bounds
        R c = R.AtLeast(R.AtMost(a, R.Of(1000, 130)), limit), far = BesselSeriesZero.Far(c) / R.SquareRoot(c);
        (R n, R m) = Autodiff.Exp.Reduced(c);
        far = R.Scale(R.FusedMultiplyAdd(m, far, far), n);
        return R.IfGreater(limit, a, near, far);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.I1();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.I0"/>
        public R I0() => R.Apply<I0>(x);
    }
}
