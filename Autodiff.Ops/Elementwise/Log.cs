using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Natural logarithm: y = ln x.</summary>
/// <remarks>∂y/∂x = 1 / x. −∞ at 0 (derivative ∞, 0 where the cotangent is 0), NaN below. Accuracy: at most 2 units in the last place.
/// Method: x = 2ᵉ·(1 + f), √½ ≤ 1 + f &lt; √2. Double: ln(1 + f) = f − (f²/2 − s·(f²/2 + R)) with s = f / (2 + f) and R the rest of the series of artanh s
/// (the arrangement of fdlibm, e_log.c). Float: ln(1 + f) = f − f²/2 + f³·P(f), which needs no division (P from Cephes, logf.c).</remarks>
public readonly struct Log : IUnary<Log>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => WithEdges(x, R.ByPrecision<Positive>(x));

    /// <summary>y, but −∞ at 0, NaN below, ∞ at ∞, NaN at NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R WithEdges<R>(R x, R y) where R : struct, ILane<R>
    {
        R zero = R.Of(0);
        y = R.IfGreater(x, zero, y, R.IfEqual(x, zero, R.Of(double.NegativeInfinity), R.Of(double.NaN)));
        return R.IfEqual(x, R.Of(double.PositiveInfinity), x, y);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / x;

    /// <summary>e and f of x = 2ᵉ·(1 + f), √½ ≤ 1 + f &lt; √2, for a positive finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R E, R F) Reduced<R>(R x) where R : struct, ILane<R>
    {
        (R e, R m) = R.Split(x);
        R one = R.Of(1), big = R.Of(1.4142135623730951);
        return (R.IfGreater(m, big, e + one, e), R.IfGreater(m, big, m * R.Of(0.5), m) - one);
    }

    private readonly struct Positive : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R x) where R : struct, ILane<R>
        {
            (R e, R f) = Reduced(x);
            R p = R.Horner(R.Of(7.0376836292e-2), f, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1), z = f * f;
            p = R.Horner(p, f, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1);
            R y = R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.Low32), p * f * z);
            return R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.High32), f + R.FusedMultiplyAdd(z, R.Of(-0.5), y));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R x) where R : struct, ILane<R>
        {
            (R e, R f) = Reduced(x);
            R s = f / (R.Of(2) + f), z = s * s, half = R.Of(0.5) * f * f;

            // 2·artanh(s)/s − 2 = 2z/3 + 2z²/5 + …; z ≤ 0.0295, so the remainder is below 2⁻⁵⁷
            R p = R.Horner(R.Of(2.0 / 21), z, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13);
            p = R.Horner(p, z, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5);
            p = R.FusedMultiplyAdd(p, z, R.Of(2.0 / 3)) * z;
            R rest = s * (half + p);
            return R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.High64), f - (half - R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.Low64), rest)));
        }
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Log"/>
        public R Log() => R.Apply<Log>(x);
    }
}
