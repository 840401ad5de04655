using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Angle of the point (b, a): y = atan2(a, b), in [−π, π]; a is the ordinate, b the abscissa.</summary>
/// <remarks>∂y/∂a = b / (a² + b²), ∂y/∂b = −a / (a² + b²), by the length, without overflow; at (0, 0), where it has none, 0. Signed zeros and infinities as in
/// <see cref="Math.Atan2"/> (IEEE 754-2019, 9.2.1). NaN gives NaN. Accuracy: at most 4 units in the last place.</remarks>
public readonly struct Atan2 : IBinary<Atan2>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R x = R.Magnitude(b), y = R.Magnitude(a), zero = R.Of(0), one = R.Of(1);

        // 0 / 0 is 0, ∞ / ∞ is 1
        R t = R.IfEqual(x, y, R.IfEqual(x, zero, zero, one), y / x), q = Autodiff.Atan.Primal(t);
        R turned = R.Of(3.1415926535897931) + (R.Of(1.2246467991473532e-16, -8.742278000372482e-8) - q);
        return R.CopySign(R.IfGreater(R.CopySign(one, b), zero, q, turned), a);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => Slope(b, a, b);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -Slope(a, a, b);

    private static R Slope<R>(R of, R a, R b) where R : struct, IReal<R>
    {
        R length = a.Hypot(b);
        return R.IfEqual(length, R.Of(0), R.Of(0), of / length / length);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Atan2"/>
        public R Atan2(R b) => R.Apply<Atan2>(a, b);

        /// <inheritdoc cref="Autodiff.Atan2"/>
        [OverloadResolutionPriority(1)]
        public R Atan2(double b) => R.Apply<Atan2>(a, R.Of(b));
    }
}
