using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Smooth rectifier: y = ln(1 + eˣ).</summary>
/// <remarks>∂y/∂x = σ(x). Computed as max(x, 0) + ln(1 + e^(−|x|)): no overflow, all digits where it is small. NaN gives NaN.
/// Accuracy: at most 3 units in the last place.</remarks>
public readonly struct Softplus : IUnary<Softplus>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(x, R.Of(0), x, R.Of(0)) + OfMagnitude(x);

    /// <summary>ln(1 + e^(−|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R OfMagnitude<R>(R x) where R : struct, ILane<R>
    {
        // ln(1 + e) = 2·artanh s = 2s + 2s³/3 + …, s = e / (2 + e) ≤ 1/3: what is left out is below 2⁻⁵⁵ (2⁻²⁹)
        R e = Autodiff.Exp.Primal(-R.Magnitude(x)), s = e / (R.Of(2) + e), z = s * s, p = R.Of(2.0 / 15);
        if (R.IsDouble)
        {
            p = R.Horner(R.Of(2.0 / 31), z, 2.0 / 29, 2.0 / 27, 2.0 / 25, 2.0 / 23);
            p = R.Horner(p, z, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15);
        }

        p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(p, z, R.Of(2.0 / 13)), z, R.Of(2.0 / 11));
        p = R.Horner(p, z, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3);
        return R.FusedMultiplyAdd(p * z, s, s + s);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Sigmoid();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Softplus"/>
        public R Softplus() => R.Apply<Softplus>(x);
    }
}
