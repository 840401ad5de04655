using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>What tanh takes from a number: y = x − tanh x, with all digits for small x, where it is x³/3.</summary>
/// <remarks>∂y/∂x = tanh² x. ±∞ at ±∞, ±0 at ±0. NaN gives NaN. Accuracy: at most 5 units in the last place.
/// Method: below 2, (x·cosh x − sinh x) / cosh x, the numerator by its series Σ x²ᵏ⁺³·(2k + 2)/(2k + 3)!, all of one sign; the difference beyond.</remarks>
public readonly struct TanhShrink : IUnary<TanhShrink>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R two = R.Of(2), a = R.Magnitude(x), far = a - Autodiff.Tanh.Primal(a);
        R near = R.AtMost(a, two), square = near * near;
        near = near * square * R.ByPrecision<Series>(square) / Autodiff.Cosh.Primal(near);
        return R.CopySign(R.IfGreater(a, two, far, near), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R>
    {
        R t = x.Tanh();
        return t * t;
    }

    // z = x² ≤ 4: what is left out is below 2⁻⁶² (2⁻³⁰) of the whole
    private readonly struct Series : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(24 / 1.5511210043330986e25), z, 22 / 2.585201673888498e22, 20 / 51090942171709440000.0, 18 / 121645100408832000.0, 16 / 355687428096000.0);
            p = R.Horner(p, z, 14 / 1307674368000.0, 12 / 6227020800.0, 10 / 39916800.0, 8 / 362880.0);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(6 / 5040.0)), z, R.Of(4 / 120.0)), z, R.Of(2 / 6.0));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R z) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(14 / 1307674368000.0), z, 12 / 6227020800.0, 10 / 39916800.0, 8 / 362880.0, 6 / 5040.0);
            return R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(4 / 120.0)), z, R.Of(2 / 6.0));
        }
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.TanhShrink"/>
        public R TanhShrink() => R.Apply<TanhShrink>(x);
    }
}
