using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Exponential linear unit that is smooth for every α: y = x for x &gt; 0, α·(e^(x/α) − 1) else; α may be a variable.</summary>
/// <remarks>∂y/∂x = 1 for x &gt; 0, e^(x/α) for x ≤ 0; ∂y/∂α = e^(x/α) − 1 − (x/α)·e^(x/α) for x ≤ 0. −α at −∞. NaN gives NaN. Accuracy: at most 4 units in the last place for α &gt; 0.
/// Source: Barron, arXiv:1704.07483.</remarks>
public readonly struct Celu : IBinary<Celu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, R.Of(0), a, b * Autodiff.ExpM1.Primal(a / b));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(1), (a / b).Exp());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        // at −∞ the product is 0
        R t = a / b, e = t.Exp();
        return R.IfGreater(a, R.Of(0), R.Of(0), t.ExpM1() - R.IfEqual(e, R.Of(0), e, t * e));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Celu"/>
        public R Celu(R alpha) => R.Apply<Celu>(x, alpha);

        /// <inheritdoc cref="Autodiff.Celu"/>
        /// <exception cref="ArgumentOutOfRangeException">alpha is not greater than 0.</exception>
        [OverloadResolutionPriority(1)]
        public R Celu(double alpha = 1)
        {
            if (!(alpha > 0)) throw new ArgumentOutOfRangeException(nameof(alpha), string.Create(CultureInfo.InvariantCulture, $"Celu: alpha is {alpha}; needs a number greater than 0."));
            return R.Apply<Celu>(x, R.Of(alpha));
        }
    }
}
