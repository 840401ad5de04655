using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logit, the inverse of the logistic function: y = ln(x / (1 − x)).</summary>
/// <remarks>∂y/∂x = 1 / (x·(1 − x)). −∞ at 0 and ∞ at 1 with derivative ∞, NaN outside in value and derivative; 0 at ½. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Method: ln of the quotient; between ¼ and ¾, where that is near 1, ln(1 + (2x − 1)/(1 − x)).</remarks>
public readonly struct Logit : IUnary<Logit>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((0.1, 0.9));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        // x − ½ is exact there, and so is twice of it
        R half = R.Of(0.5), middle = x - half, rest = R.Of(1) - x;
        return R.IfGreater(R.Of(0.25), R.Magnitude(middle), Autodiff.LogP1.Primal((middle + middle) / rest), Autodiff.Log.Primal(x / rest));
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1) / (x * (R.Of(1) - x)), y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Logit"/>
        public R Logit() => R.Apply<Logit>(x);
    }
}
