using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Logarithm of a sum of exponentials of scalars: y = log Σᵢ exp xᵢ, one step however many there are.</summary>
/// <remarks>∂y/∂xᵢ = exp(xᵢ − y), right to about |y| units in the last place. Shifted by the greatest, so nothing overflows. Of nothing, or of nothing but −∞, it is −∞ with the derivative 0.
/// If one is +∞, y is +∞; the derivative by it is NaN, in a row function 0. NaN gives NaN in the value and in the derivatives.</remarks>
public readonly struct ScalarLogSumExp : IFold<ScalarLogSumExp>
{
    /// <inheritdoc/>
    public static string Name => "LogSumExp";

    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static T Primal<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T y = default;
        LogSums.LogSumExp(x, new Span<T>(ref y), 1, x.Length, 1);
        return y;
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfEqual(y, R.Of(double.NegativeInfinity), R.Of(0), (x - y).Exp());

    /// <inheritdoc/>
    public static Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T> greatest = x[0];
        for (int i = 1; i < x.Length; i++) greatest = greatest.Maximum(x[i]);

        // what is shifted by cancels, so nothing is differentiated through it; an infinite one is the result
        greatest = greatest.Detached();
        Scalar<T> isInfinite = greatest.Abs().EqualTo(double.PositiveInfinity), shift = Scalar<T>.Apply<Where>(isInfinite, T.Zero, greatest);
        Scalar<T> sum = (x[0] - shift).Exp();
        for (int i = 1; i < x.Length; i++) sum += (x[i] - shift).Exp();
        return Scalar<T>.Apply<Where>(isInfinite, greatest, shift + sum.Log());
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Scalars.Cases<T>(static s => Scalar.LogSumExp<T>(s), Domain.Reals);
}

public static partial class Scalar
{
    /// <inheritdoc cref="ScalarLogSumExp"/>
    /// <exception cref="InvalidOperationException">The scalars are of two tapes, or of before a reset.</exception>
    public static Scalar<T> LogSumExp<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T> => Fold<ScalarLogSumExp, T>.Apply(x);
}
