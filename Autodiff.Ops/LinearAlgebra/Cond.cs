using System.Numerics;

namespace Autodiff;

/// <summary>The condition number of a matrix: its greatest singular value over its least.</summary>
/// <remarks>Shapes: [..., m, n] → [...]. Ā = (ȳ/s_k)·(u₁·v₁ᵀ − y·u_k·v_kᵀ). Of a singular matrix it is ∞, and the derivative infinite or NaN; of zeros, or where a NaN or infinity is, NaN.
/// Equal singular values: see <see cref="MatrixNorm"/>. Cost: that of <see cref="Autodiff.Svd"/>.</remarks>
public readonly struct Cond : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => x[0].Cond(), Sample.In(Domain.In((-6, 6)), 2, 3)),
        new("a batch", x => Squares.Shifted(x[0], 4).Cond(), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Cond"/>
        /// <exception cref="ShapeException">It is not a matrix or a batch of them, or has no elements.</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public Variable<T> Cond()
        {
            Shape shape = a.Shape;
            if (shape.Rank < 2 || shape[-1] == 0 || shape[-2] == 0)
                throw new ShapeException($"Cond: a is {shape}; needs a matrix or a batch of them, [..., m, n], of at least one element.");
            Variable<T> s = a.SingularValues();
            int k = s.Shape[-1];
            return (s.Slice(-1, 0, 1) / s.Slice(-1, k - 1, 1)).Reshape(shape.Lengths[..^2]);
        }
    }
}
