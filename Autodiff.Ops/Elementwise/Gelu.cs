using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Gaussian error linear unit, the exact one: y = x·Φ(x) = ½·x·erfc(−x/√2), Φ the normal distribution.</summary>
/// <remarks>∂y/∂x = Φ(x) + x·φ(x), φ(x) = e^(−x²/2)/√(2π). At −∞ the limits, −0 and derivative 0; at ∞ ∞ and 1; ±0 at ±0. NaN gives NaN.
/// Accuracy: at most 3 units in the last place, in the negative tail, too, down to subnormals.
/// Method: max(x, 0) − |x|·Φ(−|x|), Φ(−|x|) by <see cref="NormalTail"/>. Source: Hendrycks and Gimpel, arXiv:1606.08415.</remarks>
public readonly struct Gelu : IUnary<Gelu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.ByPrecision<Formula>(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R bell = (R.Of(-0.5) * (x * x)).Exp(), slope = R.IfEqual(bell, R.Of(0), bell, x * bell);
        return (R.Of(0.5) * (R.Of(-0.70710678118654752) * x).Erfc()) + (R.Of(0.3989422804014327) * slope);
    }

    // tail = |x|·Φ(−|x|); the sign of x, for zeros and for what underflows
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R With<R>(R x, R tail) where R : struct, ILane<R> => R.CopySign(R.IfGreater(x, R.Of(0), x - tail, tail), x);

    private readonly struct Formula : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R x) where R : struct, ILane<R>
        {
            R half = R.Of(0.5), a = R.Magnitude(x), near = half * x;
            near = R.FusedMultiplyAdd(near, Autodiff.Erf.Near(R.Of(0.70710678118654752) * x), near);
            return R.IfGreater(half, a, R.CopySign(near, x), With(x, NormalTail.Product(a)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R x) where R : struct, ILane<R>
        {
            R a = R.Magnitude(x);
            return R.AllGreater(R.Of(NormalTail.End), a) ? Near(x, a) : Anywhere(x);
        }

        // a call, so that the usual lanes need not keep anything for it
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static R Anywhere<R>(R x) where R : struct, ILane<R>
        {
            R a = R.Magnitude(x);
            return R.IfGreater(R.Of(NormalTail.End), a, Near(x, a), With(x, NormalTail.Product(a)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static R Near<R>(R x, R a) where R : struct, ILane<R>
        {
            R tail = NormalTail.Near(a);
            return x * R.IfGreater(x, R.Of(0), R.Of(1) - tail, tail);
        }
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Gelu"/>
        public R Gelu() => R.Apply<Gelu>(x);
    }
}
