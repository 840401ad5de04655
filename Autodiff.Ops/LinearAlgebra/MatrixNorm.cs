using System.Numerics;

namespace Autodiff;

/// <summary>A norm of a matrix: Frobenius', by singular values (nuclear, spectral), or by sums of rows or columns.</summary>
/// <remarks>
/// Shapes: [..., m, n] → [...], or [..., 1, 1] if the axes are kept. Frobenius: x̄ = ȳ·x/y, and 0 where y = 0; nuclear: ȳ·U·Vᵀ; spectral: ȳ·u·vᵀ of the greatest singular value; sums: ȳ·sign(x) in
/// the first of the greatest rows or columns. Where singular values are equal or 0 the derivative is that of the vectors which <see cref="Autodiff.Svd"/> gives, one of many that are right.
/// NaN gives NaN, infinities what sums or singular values give. Frobenius' and the nuclear norm of no elements are 0; the others need one.
/// Cost: by singular values, that of <see cref="Autodiff.Svd"/>.
/// </remarks>
public readonly struct MatrixNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("Frobenius", x => x[0].MatrixNorm(), Sample.Of(2, 2, 3)),
        new("nuclear", x => x[0].MatrixNorm(MatrixNormKind.Nuclear), Sample.In(Domain.In((-6, 6)), 2, 3)),
        new("spectral, kept", x => x[0].MatrixNorm(MatrixNormKind.Spectral, keepDims: true), Sample.In(Domain.In((-6, 6)), 2, 2, 2)),
        new("the least singular value", x => x[0].MatrixNorm(MatrixNormKind.LeastSingular), Sample.In(Domain.In((-6, 6)), 3, 2)),
        new("columns", x => x[0].MatrixNorm(MatrixNormKind.ColumnSum), Sample.In(Domain.In((0.5, 9)), 2, 2)) { Spacing = 1 },
        new("rows, the least", x => x[0].MatrixNorm(MatrixNormKind.LeastRowSum), Sample.In(Domain.In((0.5, 9)), 2, 2)) { Spacing = 1 },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MatrixNorm"/>
        /// <param name="kind">Which norm.</param>
        /// <param name="keepDims">Whether the last two axes stay, with length 1.</param>
        /// <exception cref="ShapeException">x has fewer than two axes, or its matrices have no elements and the norm needs one.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such norm.</exception>
        /// <exception cref="MatrixException">The iteration for the singular values did not end.</exception>
        public Variable<T> MatrixNorm(MatrixNormKind kind = MatrixNormKind.Frobenius, bool keepDims = false)
        {
            Shape shape = x.Shape;
            if (kind is < MatrixNormKind.Frobenius or > MatrixNormKind.LeastRowSum) throw new ArgumentOutOfRangeException(nameof(kind), $"MatrixNorm: kind is {kind}; needs one of MatrixNormKind.");
            if (shape.Rank < 2) throw new ShapeException($"MatrixNorm: x is {shape}; needs a matrix or a batch of them, [..., m, n].");
            if ((shape[-1] == 0 || shape[-2] == 0) && kind is not (MatrixNormKind.Frobenius or MatrixNormKind.Nuclear))
                throw new ShapeException($"MatrixNorm: x is {shape}, the norm is {kind}; needs matrices of at least one element.");
            Variable<T> y = kind switch
            {
                MatrixNormKind.Frobenius => x.Norm([-2, -1]),
                MatrixNormKind.Nuclear => x.SingularValues().Sum(-1),
                MatrixNormKind.Spectral => x.SingularValues().Max(-1),
                MatrixNormKind.LeastSingular => x.SingularValues().Min(-1),
                MatrixNormKind.ColumnSum => x.Abs().Sum(-2).Max(-1),
                MatrixNormKind.LeastColumnSum => x.Abs().Sum(-2).Min(-1),
                MatrixNormKind.RowSum => x.Abs().Sum(-1).Max(-1),
                _ => x.Abs().Sum(-1).Min(-1),
            };
            return keepDims ? Squares.AsMatrices(y) : y;
        }
    }
}
