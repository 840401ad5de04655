using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Cube root: y = ∛x, of negative numbers, too.</summary>
/// <remarks>∂y/∂x = 1 / (3y²), ∞ at 0. ±0, ±∞ and NaN stay. Accuracy: at most 1 unit in the last place.
/// Method: x = m·8^q, ½ ≤ m &lt; 4; Taylor's series of ∛ around 1½, two steps of Halley's iteration, the second with the residual in twice the digits.</remarks>
public readonly struct Cbrt : IUnary<Cbrt>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        (R e, R s) = R.Split(R.Magnitude(x));
        R q = R.RoundToEven(e * R.Of(1.0 / 3)), r = e - (q * R.Of(3)), zero = R.Of(0), m = s * R.PowerOfTwo(r);

        // ∛s by the series in u = (s − 1½) / 1½, then times ∛2 to the power of r = −1, 0, 1
        R u = R.FusedMultiplyAdd(s, R.Of(2.0 / 3), R.Of(-1)), y = R.Horner(R.Of(-10.0 / 243), u, 5.0 / 81, -1.0 / 9, 1.0 / 3, 1);
        y *= R.IfGreater(r, zero, R.Of(1.4422495703074083), R.IfGreater(zero, r, R.Of(0.9085602964160698), R.Of(1.1447142425533319)));
        R cube = y * y * y;
        y = R.FusedMultiplyAdd(y, (m - cube) / (cube + cube + m), y);

        // m − y³ with what rounding took from y²
        R square = y * y, lost = R.FusedMultiplyAdd(y, y, -square), rest = R.FusedMultiplyAdd(-lost, y, R.FusedMultiplyAdd(-square, y, m));
        y = R.FusedMultiplyAdd(y, rest / R.Of(3) / m, y);
        return R.IfEqual(x + x, x, x, R.IfEqual(x, x, R.CopySign(y * R.PowerOfTwo(q), x), x));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) / (R.Of(3) * (y * y));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Cbrt"/>
        public R Cbrt() => R.Apply<Cbrt>(x);
    }
}
