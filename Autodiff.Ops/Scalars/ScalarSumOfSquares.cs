using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Sum of the squares of scalars: y = Σᵢ xᵢ², one step however many there are.</summary>
/// <remarks>∂y/∂xᵢ = 2·xᵢ. Of nothing it is 0. Summed in blocks: the rounding error grows with log n.</remarks>
public readonly struct ScalarSumOfSquares : IFold<ScalarSumOfSquares>
{
    /// <inheritdoc/>
    public static string Name => "SumOfSquares";

    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static T Primal<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Summation.Dot(x, x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(2) * x;

    /// <inheritdoc/>
    public static Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T> => ScalarDot.Expanded(x, x);

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Scalars.Cases<T>(static s => Scalar.SumOfSquares<T>(s), Domain.Reals);
}

public static partial class Scalar
{
    /// <inheritdoc cref="ScalarSumOfSquares"/>
    /// <exception cref="InvalidOperationException">The scalars are of two tapes, or of before a reset.</exception>
    public static Scalar<T> SumOfSquares<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T> => Fold<ScalarSumOfSquares, T>.Apply(x);
}
