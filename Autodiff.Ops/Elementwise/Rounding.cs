using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Rounding to integers that is right for every number: large ones, infinities and NaN stay, zeros keep the sign of x.</summary>
internal static class Rounding
{
    /// <summary>The nearest integer, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Nearest<R>(R x) where R : struct, ILane<R>
    {
        // near the last halves the first rounding is to multiples of 2, and the second adds what is left
        R a = R.Magnitude(x), n = R.RoundToEven(a);
        n += R.RoundToEven(a - n);
        return R.CopySign(R.IfGreater(R.Of(4503599627370496, 8388608), a, n, a), x);
    }

    /// <summary>The greatest integer that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Down<R>(R x) where R : struct, ILane<R>
    {
        R n = Nearest(x);
        return R.IfGreater(n, x, n - R.Of(1), n);
    }
}
