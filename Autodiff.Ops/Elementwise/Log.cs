using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Natural logarithm: y = ln x.</summary>
/// <remarks>∂y/∂x = 1 / x. −∞ at 0 (derivative ∞, 0 where the cotangent is 0), NaN below. Accuracy: at most 2 units in the last place.
/// Method: x = 2ᵉ·(1 + f), √½ ≤ 1 + f &lt; √2, ln(1 + f) = f − (f²/2 − s·(f²/2 + R)) with s = f / (2 + f) and R the rest of the series of artanh s
/// (the arrangement of fdlibm, e_log.c).</remarks>
public readonly struct Log : IUnary<Log>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        (R e, R f) = Reduced(x);
        R s = f / (R.Of(2) + f), z = s * s, half = R.Of(0.5) * f * f;
        R rest = s * (half + Series(z));
        R y = R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.High64, Autodiff.Exp.High32), f - (half - R.FusedMultiplyAdd(e, R.Of(Autodiff.Exp.Low64, Autodiff.Exp.Low32), rest)));
        return WithEdges(x, y);
    }

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
        R one = R.Of(1), step = R.Of(54, 25), smallest = R.PowerOfTwo(R.Of(-1022, -126));
        R normal = R.IfGreater(smallest, x, x * R.PowerOfTwo(step), x);
        R e = R.Exponent(normal) - R.IfGreater(smallest, x, step, R.Of(0));
        R m = R.Significand(normal);
        R big = R.Of(1.4142135623730951);
        return (R.IfGreater(m, big, e + one, e), R.IfGreater(m, big, m * R.Of(0.5), m) - one);
    }

    // 2·artanh(s)/s − 2 = 2z/3 + 2z²/5 + …; z ≤ 0.0295, so the remainder is below 2⁻⁵⁷ (2⁻²⁸)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Series<R>(R z) where R : struct, ILane<R>
    {
        R p = R.Of(2.0 / 11);
        if (R.IsDouble)
        {
            p = R.Horner(R.Of(2.0 / 21), z, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13);
            p = R.FusedMultiplyAdd(p, z, R.Of(2.0 / 11));
        }

        p = R.Horner(p, z, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3);
        return p * z;
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
