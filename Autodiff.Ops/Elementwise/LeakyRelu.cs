using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Leaky rectifier: y = x for x &gt; 0, slope · x else; the slope may be a variable (PReLU).</summary>
/// <remarks>∂y/∂x = 1 for x &gt; 0, the slope for x ≤ 0 (also at the kink); ∂y/∂slope = min(x, 0). NaN gives NaN. Source: Maas, Hannun and Ng, ICML 2013; He et al., ICCV 2015.</remarks>
public readonly struct LeakyRelu : IBinary<LeakyRelu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, R.Of(0), a, b * a);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(1), R.IfEqual(a, a, b, a));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(0), a);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LeakyRelu"/>
        public R LeakyRelu(R slope) => R.Apply<LeakyRelu>(a, slope);

        /// <inheritdoc cref="Autodiff.LeakyRelu"/>
        [OverloadResolutionPriority(1)]
        public R LeakyRelu(double slope = 0.01) => R.Apply<LeakyRelu>(a, R.Of(slope));
    }
}
