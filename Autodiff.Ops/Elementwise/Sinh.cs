using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Hyperbolic sine: y = sinh x = ½·(eˣ − e^(−x)).</summary>
/// <remarks>∂y/∂x = cosh x. ±∞ above |x| = 710.48 (float: 89.42), ±0 at ±0. NaN gives NaN. Accuracy: at most 3 units in the last place.
/// Method: by eˣ − 1 up to |x| = 1, by h = ½·eˣ beyond.</remarks>
public readonly struct Sinh : IUnary<Sinh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        (R t, R h) = Parts(R.Magnitude(x));
        R near = R.Of(0.5) * (t + (t / (t + R.Of(1)))), far = h - (R.Of(0.25) / h);
        return R.CopySign(R.IfGreater(R.Of(1), R.Magnitude(x), near, far), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Cosh();

    /// <summary>eᵃ − 1, as long as that is not large, and ½·eᵃ, for a ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (R T, R H) Parts<R>(R a) where R : struct, ILane<R>
    {
        R top = R.Of(1400, 170);
        (R t, R n, R m) = Autodiff.ExpM1.Parts(R.IfGreater(a, top, top, a));
        return (R.IfEqual(a, R.Of(0), a, t), R.Scale(m + R.Of(1), n - R.Of(1)));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Sinh"/>
        public R Sinh() => R.Apply<Sinh>(x);
    }
}
