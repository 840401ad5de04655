using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Scaled exponential linear unit: y = λx for x &gt; 0, λα·(eˣ − 1) else, α = 1.67326…, λ = 1.05070…</summary>
/// <remarks>∂y/∂x = λ for x &gt; 0, λα·eˣ for x ≤ 0 (also at 0). NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Source: Klambauer, Unterthiner, Mayr and Hochreiter, arXiv:1706.02515 (the constants from their equation 14).</remarks>
public readonly struct Selu : IUnary<Selu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.IfGreater(x, R.Of(0), R.Of(Lambda) * x, R.Of(Lambda * Alpha) * Autodiff.ExpM1.Primal(x));

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfGreater(x, R.Of(0), R.Of(Lambda), R.Of(Lambda * Alpha) * x.Exp());

    private const double Alpha = 1.6732632423543772848, Lambda = 1.0507009873554804934;
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Selu"/>
        public R Selu() => R.Apply<Selu>(x);
    }
}
