using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Gradient reversal: y = a, with the derivative −b by declaration; b is the scale.</summary>
/// <remarks>∂y/∂a = −b, ∂y/∂b = 0: what comes before learns against what comes after (domain adversarial training). A scale below 0 weights a gradient without turning it. NaN stays; a NaN scale
/// gives a NaN gradient. Source: Ganin and Lempitsky, ICML 2015, arXiv:1409.7495.</remarks>
public readonly struct ReverseGradient : IBinary<ReverseGradient>
{
    /// <inheritdoc/>
    public static bool DeclaresDerivative => true;

    /// <inheritdoc/>
    public static Saved Saves => Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => a;

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => -b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.ReverseGradient"/>
        /// <param name="scale">What the reversed gradient is multiplied by; finite.</param>
        /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
        public R ReverseGradient(double scale = 1)
        {
            if (!double.IsFinite(scale))
                throw new ArgumentOutOfRangeException(nameof(scale), string.Create(CultureInfo.InvariantCulture, $"ReverseGradient: scale is {scale}; needs a finite number."));
            return R.Apply<ReverseGradient>(x, R.Of(scale));
        }
    }
}
