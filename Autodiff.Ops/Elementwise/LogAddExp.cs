using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Logarithm of the sum of two exponentials: y = ln(eᵃ + eᵇ).</summary>
/// <remarks>∂y/∂a = σ(a − b), ∂y/∂b = σ(b − a). Computed as max(a, b) + ln(1 + e^(−|a − b|)): no overflow. Two that are −∞ give −∞ with the derivative 0; two that are ∞ give ∞
/// and share the derivative equally, as in <see cref="LogSumExp"/>. NaN in either gives NaN. Accuracy: at most 3 units in the last place of the greater of |max(a, b)| and 1.</remarks>
public readonly struct LogAddExp : IBinary<LogAddExp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
        => R.IfEqual(a, b, a + R.Of(0.69314718055994531), R.IfGreater(a, b, a, b) + Autodiff.Softplus.OfMagnitude(a - b));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => Share(a, b, a - b);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => Share(a, b, b - a);

    // the difference is NaN at equal infinities and at NaN
    private static R Share<R>(R a, R b, R difference) where R : struct, IReal<R>
    {
        R equal = R.IfEqual(a, b, R.IfGreater(a, R.Of(0), R.Of(0.5), R.Of(0)), difference);
        return R.IfEqual(difference, difference, difference.Sigmoid(), equal);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.LogAddExp"/>
        public R LogAddExp(R b) => R.Apply<LogAddExp>(a, b);

        /// <inheritdoc cref="Autodiff.LogAddExp"/>
        [OverloadResolutionPriority(1)]
        public R LogAddExp(double b) => R.Apply<LogAddExp>(a, R.Of(b));
    }
}
