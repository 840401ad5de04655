using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Sine and cosine as formulas, so that a number has one sine whatever stands beside it in the lane: the runtime's vector forms choose their polynomial by all
/// numbers of a vector and differ in the last bit.
/// </summary>
/// <remarks>Method: x = n·π/2 + r with π/2 in three parts, fused (Muller, Elementary Functions, chapter on range reduction); Taylor's series on |r| ≤ π/4, whose first
/// omitted term is below 2⁻⁶² (float: 2⁻²⁹).</remarks>
internal static class Trigonometry
{
    private const double High64 = 1.5707963267948966, Middle64 = 6.123233995736766e-17, Low64 = -1.4973849048591833e-33;
    private const double High32 = 1.57079637050628662109375, Middle32 = -4.37113900018624283e-8, Low32 = -1.71512449e-15;

    /// <summary>Up to this magnitude the reduction is exact enough; numbers beyond go to the runtime, one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Limit<R>() where R : struct, ILane<R> => R.Of(R.IsDouble ? 1 << 20 : 1 << 12);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Sine<R>(R x) where R : struct, ILane<R>
    {
        (R quadrant, R sine, R cosine) = Reduced(x);
        R turned = R.IfGreater(quadrant, R.Of(0), cosine, -cosine);
        R odd = R.IfEqual(R.Magnitude(quadrant), R.Of(1), turned, -sine);
        return R.IfEqual(quadrant, R.Of(0), sine, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Cosine<R>(R x) where R : struct, ILane<R>
    {
        (R quadrant, R sine, R cosine) = Reduced(x);
        R turned = R.IfGreater(quadrant, R.Of(0), -sine, sine);
        R odd = R.IfEqual(R.Magnitude(quadrant), R.Of(1), turned, -cosine);
        return R.IfEqual(quadrant, R.Of(0), cosine, odd);
    }

    // n modulo 4 as −2 … 2, and sine and cosine of r
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (R Quadrant, R Sine, R Cosine) Reduced<R>(R x) where R : struct, ILane<R>
    {
        R n = R.RoundToEven(x * R.Of(0.63661977236758134));
        R r = R.FusedMultiplyAdd(n, R.Of(R.IsDouble ? -High64 : -High32), x);
        r = R.FusedMultiplyAdd(n, R.Of(R.IsDouble ? -Middle64 : -Middle32), r);
        r = R.FusedMultiplyAdd(n, R.Of(R.IsDouble ? -Low64 : -Low32), r);
        R square = r * r, s = R.Of(1.0 / 362880), c = R.Of(-1.0 / 3628800);
        if (R.IsDouble)
        {
            s = R.FusedMultiplyAdd(R.Of(1.0 / 355687428096000), square, R.Of(-1.0 / 1307674368000));
            s = R.FusedMultiplyAdd(s, square, R.Of(1.0 / 6227020800));
            s = R.FusedMultiplyAdd(s, square, R.Of(-1.0 / 39916800));
            s = R.FusedMultiplyAdd(s, square, R.Of(1.0 / 362880));
            c = R.FusedMultiplyAdd(R.Of(1.0 / 20922789888000), square, R.Of(-1.0 / 87178291200));
            c = R.FusedMultiplyAdd(c, square, R.Of(1.0 / 479001600));
            c = R.FusedMultiplyAdd(c, square, R.Of(-1.0 / 3628800));
        }

        s = R.FusedMultiplyAdd(s, square, R.Of(-1.0 / 5040));
        s = R.FusedMultiplyAdd(s, square, R.Of(1.0 / 120));
        s = R.FusedMultiplyAdd(s, square, R.Of(-1.0 / 6));
        c = R.FusedMultiplyAdd(c, square, R.Of(1.0 / 40320));
        c = R.FusedMultiplyAdd(c, square, R.Of(-1.0 / 720));
        c = R.FusedMultiplyAdd(c, square, R.Of(1.0 / 24));

        // 1 − r²/2 is rounded once, and what it loses is put back: c's other terms are below r⁴/24
        R half = square * R.Of(0.5), one = R.Of(1) - half;
        R cosine = one + R.FusedMultiplyAdd(c * square, square, (R.Of(1) - one) - half);
        R sine = R.IfEqual(x, R.Of(0), x, R.FusedMultiplyAdd(s * square, r, r));
        return (n - (R.Of(4) * R.RoundToEven(n * R.Of(0.25))), sine, cosine);
    }
}

/// <summary>The sine of one number: the formula, or the runtime's for large ones.</summary>
internal readonly struct SineOfOne : IScalarFunction
{
    public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
        => T.Abs(a) <= Trigonometry.Limit<One<T>>().Value ? Trigonometry.Sine(new One<T>(a)).Value : T.Sin(a);
}

/// <summary>The cosine of one number.</summary>
internal readonly struct CosineOfOne : IScalarFunction
{
    public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
        => T.Abs(a) <= Trigonometry.Limit<One<T>>().Value ? Trigonometry.Cosine(new One<T>(a)).Value : T.Cos(a);
}
