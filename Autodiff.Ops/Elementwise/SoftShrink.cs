using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Soft threshold: y = x drawn towards 0 by λ, and 0 where |x| ≤ λ; λ may be a variable.</summary>
/// <remarks>y = x − λ for x &gt; λ, x + λ for x &lt; −λ. ∂y/∂x = 1 there, 0 else (also at ±λ); ∂y/∂λ = −1 above, 1 below, 0 between. NaN in x or λ gives NaN in value and gradient.
/// It is the proximal step of λ·|x|. Source: Donoho, IEEE Trans. Inform. Theory 41 (1995) 613–627.</remarks>
public readonly struct SoftShrink : IBinary<SoftShrink>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-2, -0.8), (-0.4, 0.4), (0.8, 2)), Autodiff.Domain.In((0.5, 0.7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, b, a - b, R.IfGreater(-b, a, a + b, R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a)));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfGreater(a, b, R.Of(1), R.IfGreater(-b, a, R.Of(1), R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, b, R.Of(-1), R.IfGreater(-b, a, R.Of(1), R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a)));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.SoftShrink"/>
        public R SoftShrink(R lambda) => R.Apply<SoftShrink>(x, lambda);

        /// <inheritdoc cref="Autodiff.SoftShrink"/>
        /// <exception cref="ArgumentOutOfRangeException">lambda is below 0 or NaN.</exception>
        [OverloadResolutionPriority(1)]
        public R SoftShrink(double lambda = 0.5)
        {
            if (!(lambda >= 0)) throw new ArgumentOutOfRangeException(nameof(lambda), string.Create(CultureInfo.InvariantCulture, $"SoftShrink: lambda is {lambda}; needs a number of 0 or more."));
            return R.Apply<SoftShrink>(x, R.Of(lambda));
        }
    }
}
