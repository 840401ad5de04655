using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The normal distribution: y = Φ(x) = ½·erfc(−x/√2), with all digits where it is small.</summary>
/// <remarks>∂y/∂x = φ(x) = e^(−x²/2)/√(2π). 0 at −∞ and below −38.49 (float: −14.17; subnormal results are rounded), 1 at ∞. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: e^(−x²/2)·erfcx(|x|/√2)/2 with x² in full, below ½ the series of erf, 1 less that for positive x. Its logarithm: <see cref="LogNdtr"/>, its inverse: <see cref="Ndtri"/>.</remarks>
public readonly struct Ndtr : IUnary<Ndtr>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R tail = NormalTail.Value(R.Magnitude(x));
        return R.IfGreater(x, R.Of(0), R.Of(1) - tail, tail);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(0.3989422804014327) * (R.Of(-0.5) * (x * x)).Exp();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Ndtr"/>
        public R Ndtr() => R.Apply<Ndtr>(x);
    }
}
