using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Sum of scalars: y = Σᵢ xᵢ, one step however many there are.</summary>
/// <remarks>∂y/∂xᵢ = 1. Of nothing it is 0. Summed in blocks: the rounding error grows with log n.</remarks>
public readonly struct ScalarSum : IFold<ScalarSum>
{
    /// <inheritdoc/>
    public static string Name => "Sum";

    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static T Primal<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Summation.Sum(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1);

    /// <inheritdoc/>
    public static Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T> y = x[0];
        for (int i = 1; i < x.Length; i++) y += x[i];
        return y;
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Scalars.Cases<T>(static s => Scalar.Sum<T>(s), Domain.Reals);
}

public static partial class Scalar
{
    /// <inheritdoc cref="ScalarSum"/>
    /// <exception cref="InvalidOperationException">The scalars are of two tapes, or of before a reset.</exception>
    public static Scalar<T> Sum<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T> => Fold<ScalarSum, T>.Apply(x);
}
