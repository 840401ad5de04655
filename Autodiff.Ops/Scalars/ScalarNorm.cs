using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Euclidean norm of scalars: y = √Σᵢ xᵢ², one step however many there are.</summary>
/// <remarks>∂y/∂xᵢ = xᵢ / y, and 0 where y = 0. Squares that leave the range of numbers do no harm, but in a row function they do: there it is the root of the
/// sum of squares. The norm of nothing is 0. ∞ gives ∞, with a NaN derivative by the infinite ones; NaN gives NaN.</remarks>
public readonly struct ScalarNorm : IFold<ScalarNorm>
{
    /// <inheritdoc/>
    public static string Name => "Norm";

    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public static T Primal<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T y = default;
        EuclideanNorms.Run(x, new Span<T>(ref y), 1, x.Length, 1);
        return y;
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x / R.IfEqual(y, R.Of(0), R.Of(double.PositiveInfinity), y);

    /// <inheritdoc/>
    public static Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T> squares = ScalarDot.Expanded(x, x);
        return Scalar<T>.Apply<Where>(squares, squares.Sqrt(), T.Zero);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Scalars.Cases<T>(static s => Scalar.Norm<T>(s), Domain.NonZero);
}

public static partial class Scalar
{
    /// <inheritdoc cref="ScalarNorm"/>
    /// <exception cref="InvalidOperationException">The scalars are of two tapes, or of before a reset.</exception>
    public static Scalar<T> Norm<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T> => Fold<ScalarNorm, T>.Apply(x);
}
