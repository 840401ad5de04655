using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The solution of a triangular system, X = op(A)⁻¹·B, op being the transpose where it is asked for.</summary>
/// <remarks>
/// Shapes: [n, n], [n, k] (or [n]) → that of B; leading axes are batches and broadcast. Only the named triangle of A is read; Ā is zero in the other.
/// B̄ = op(A)⁻ᵀ·X̄, Ā = −(B̄·Xᵀ) in the triangle (its transpose where op is one); the diagonal of Ā is zero where it is taken as ones. A NaN in the triangle
/// goes on to what depends on it. A zero on the diagonal is a <see cref="MatrixException"/> that names it. Cost: n²·k by blocks of matrix products.
/// </remarks>
/// <param name="Lower">Whether the lower triangle of A is read.</param>
/// <param name="Transposed">Whether the system is that of Aᵀ.</param>
/// <param name="UnitDiagonal">Whether the diagonal is taken as ones and not read.</param>
public readonly record struct TriangularSolve(bool Lower, bool Transposed, bool UnitDiagonal) : IOperation<TriangularSolve>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.System("TriangularSolve", inputs[0], inputs[1]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0), y = step.OutputShape;
        int n = y[-2], k = y[-1];
        var batches = new Batches(y, shape, step.Shape(1));
        var triangle = new Triangle(Lower, Transposed, UnitDiagonal);
        for (int i = 0, count = batches.Count; i < count; i++)
        {
            (int atA, int atB) = batches.At(i);
            ReadOnlySpan<T> a = step[0].Slice(atA * n * n, n * n);
            if (!UnitDiagonal && TriangularSystem.Zero(a, n) is >= 0 and int pivot) throw MatrixException.Singular("TriangularSolve", shape, atA, pivot);
            Span<T> x = step.Output.Slice(i * n * k, n * k);
            step[1].Slice(atB * n * k, n * k).CopyTo(x);
            TriangularSystem.Solve(a, n, x, n, k, triangle);
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> bBar = Variable<T>.Apply(this with { Transposed = !Transposed }, step[0], step.Cotangent), x = step.Output;
        step.Accumulate(1, bBar);
        if (!step.Wants(0)) return;
        Variable<T> product = Transposed ? Autodiff.MatMul.Of(x, bBar, false, true) : Autodiff.MatMul.Of(bBar, x, false, true);
        step.Accumulate(0, -TriangularPart.Of(product, Lower, UnitDiagonal ? 0 : 1));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("lower", x => Squares.Shifted(x[0], 4).TriangularSolve(x[1], lower: true), Sample.Of(3, 3), Sample.Of(3, 2)),
        new("upper, of a vector", x => Squares.Shifted(x[0], 4).TriangularSolve(x[1], lower: false), Sample.Of(3, 3), Sample.Of(3)),
        new("transposed, a shared matrix", x => Squares.Shifted(x[0], 4).TriangularSolve(x[1], lower: true, transpose: true), Sample.Of(3, 3), Sample.Of(2, 3, 2)),
        new("ones on the diagonal", x => x[0].TriangularSolve(x[1], lower: false, transpose: true, unitDiagonal: true), Sample.Of(2, 3, 3), Sample.Of(3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.TriangularSolve"/>
        /// <param name="b">[..., n, k], or a vector [n]; leading axes broadcast.</param>
        /// <param name="lower">Whether the lower triangle of this matrix is read, or the upper.</param>
        /// <param name="transpose">Whether the system is that of the transpose of the triangle.</param>
        /// <param name="unitDiagonal">Whether the diagonal is taken as ones and not read.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="MatrixException">There is a zero on the diagonal.</exception>
        public Variable<T> TriangularSolve(Variable<T> b, bool lower, bool transpose = false, bool unitDiagonal = false)
            => Squares.Apply("TriangularSolve", new TriangularSolve(lower, transpose, unitDiagonal), a, b);
    }
}
