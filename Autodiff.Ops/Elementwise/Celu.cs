using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Exponential linear unit that is smooth for every α: y = x for x &gt; 0, α·(e^(x/α) − 1) else; α may be a variable.</summary>
/// <remarks>∂y/∂x = 1 for x &gt; 0, e^(x/α) for x ≤ 0; ∂y/∂α = e^(x/α) − 1 − (x/α)·e^(x/α) for x ≤ 0. −α at −∞. NaN gives NaN. Accuracy: at most 4 units in the last place for α &gt; 0.
/// Method: where |x/α| is below ¼, ∂y/∂α is the series −t²·Σ (k + 1)·tᵏ/(k + 2)! of t = x/α.
/// Source: Barron, arXiv:1704.07483.</remarks>
public readonly struct Celu : IBinary<Celu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    // (k + 1)/(k + 2)!
    private static ReadOnlySpan<double> Coefficients =>
    [
        1.0 / 2, 1.0 / 3, 1.0 / 8, 1.0 / 30, 1.0 / 144, 1.0 / 840, 1.0 / 5760, 1.0 / 45360, 1.0 / 403200, 1.0 / 3991680, 1.0 / 43545600, 1.0 / 518918400, 1.0 / 6706022400,
        1.0 / 93405312000,
    ];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, R.Of(0), a, b * Autodiff.ExpM1.Primal(a / b));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(1), (a / b).Exp());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        // at −∞ the product is 0; near 0 the difference cancels
        R t = a / b, e = t.Exp(), far = t.ExpM1() - R.IfEqual(e, R.Of(0), e, t * e), near = Near(t);
        return R.IfGreater(a, R.Of(0), R.Of(0), R.IfGreater(t, R.Of(-0.25), R.IfGreater(R.Of(0.25), t, near, far), far));
    }

    // e^t − 1 − t·e^t = −t²·(1/2 + t/3 + t²/8 + …), for |t| < ¼ to all digits, and so its derivatives
    private static R Near<R>(R t) where R : struct, IReal<R>
    {
        R sum = R.Of(Coefficients[^1]);
        for (int k = Coefficients.Length - 2; k >= 0; k--) sum = (sum * t) + R.Of(Coefficients[k]);
        return -(t * t * sum);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Celu"/>
        public R Celu(R alpha) => R.Apply<Celu>(x, alpha);

        /// <inheritdoc cref="Autodiff.Celu"/>
        /// <exception cref="ArgumentOutOfRangeException">alpha is not greater than 0, or infinite.</exception>
        [OverloadResolutionPriority(1)]
        public R Celu(double alpha = 1)
        {
            if (!(alpha > 0) || double.IsInfinity(alpha))
                throw new ArgumentOutOfRangeException(nameof(alpha), string.Create(CultureInfo.InvariantCulture, $"Celu: alpha is {alpha}; needs a finite number greater than 0."));
            return R.Apply<Celu>(x, R.Of(alpha));
        }
    }
}
