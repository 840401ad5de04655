using System.Numerics;

namespace Autodiff;

/// <summary>The solution of A·X = B by a factor of A that is there already: X = L⁻ᵀ·L⁻¹·B, A = L·Lᵀ as <see cref="Autodiff.Cholesky"/> gives it.</summary>
/// <remarks>Shapes: [n, n], [n, k] (or [n]) → that of B; leading axes are batches and broadcast. Two triangular systems, whose derivatives it has; only the lower triangle of L is read.
/// A zero on its diagonal is a <see cref="MatrixException"/> that names it. Cost: 2n²·k operations.</remarks>
public readonly struct CholeskySolve : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Squares.Shifted(x[0], 4).CholeskySolve(x[1]), Sample.Of(3, 3), Sample.Of(3, 2)),
        new("a vector, with its factor", x => Squares.Positive(x[0]).Cholesky().CholeskySolve(x[1]), Sample.Of(3, 3), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> l) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CholeskySolve"/>
        /// <param name="b">[..., n, k], or a vector [n]; leading axes broadcast.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="MatrixException">There is a zero on the diagonal.</exception>
        public Variable<T> CholeskySolve(Variable<T> b)
        {
            Shape shape = Squares.Check("CholeskySolve", l.Shape);
            if (b.Shape.Rank != 1) Squares.System("CholeskySolve", shape, b.Shape);
            return Squares.Apply("CholeskySolve", new TriangularSolve(true, true, false), l, Squares.Apply("CholeskySolve", new TriangularSolve(true, false, false), l, b));
        }
    }
}
