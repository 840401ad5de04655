using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The Cholesky factor of a positive definite matrix: L·Lᵀ = (A + Aᵀ)/2, L lower triangular with a positive diagonal.</summary>
/// <remarks>
/// Shapes: [..., n, n] → the same. Both triangles of A are read, as their mean, so that the result is a function of all elements and Ā is symmetric:
/// Ā = (S + Sᵀ)/2, S = L⁻ᵀ·Φ(Lᵀ·L̄)·L⁻¹, Φ taking the lower triangle with half its diagonal; what L̄ has above the diagonal does not count.
/// A NaN goes on. A matrix that is not positive definite is a <see cref="MatrixException"/> that names the pivot.
/// Cost: n³/3 operations by blocks of matrix products. Source: Murray, Differentiation of the Cholesky decomposition (2016).
/// </remarks>
public readonly record struct Cholesky : IOperation<Cholesky>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("Cholesky", inputs[0]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++)
            if (CholeskyFactor.Factor(step[0].Slice(i * n * n, n * n), step.Output.Slice(i * n * n, n * n), n) is >= 0 and int pivot)
                throw MatrixException.NotPositive("Cholesky", shape, i, pivot);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> l = step.Output, phi = TriangularPart.Of(Autodiff.MatMul.Of(l, step.Cotangent, true, false), true, 0.5);

        // L⁻ᵀ·Φ·L⁻¹ = (L⁻ᵀ·(L⁻ᵀ·Φ)ᵀ)ᵀ, and its symmetric part is that of its transpose
        var solve = new TriangularSolve(true, true, false);
        Variable<T> s = Variable<T>.Apply(solve, l, Variable<T>.Apply(solve, l, phi).Transpose());
        step.Accumulate(0, (s + s.Transpose()) * Variable<T>.Of(0.5));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of x·xᵀ + I", x => Squares.Positive(x[0]).Cholesky(), Sample.Of(3, 3)),
        new("of both triangles", x => Squares.Shifted(x[0], 6).Cholesky(), Sample.Of(3, 3)),
        new("a batch", x => Squares.Shifted(x[0], 6).Cholesky(), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Cholesky"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">A matrix is not positive definite.</exception>
        public Variable<T> Cholesky() => Variable<T>.Apply(default(Cholesky), a);
    }
}
