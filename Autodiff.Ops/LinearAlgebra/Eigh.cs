using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: (A + Aᵀ)/2 = V·diag(λ)·Vᵀ.</summary>
/// <remarks>
/// Shapes: [..., n, n] → λ [..., n], ascending, and V [..., n, n], one vector a column. Both triangles of A are read, as their mean, so that the result is a function of
/// all elements and Ā is symmetric (LAPACK reads one triangle). A vector's sign makes its element of the greatest magnitude positive.
/// Ā = V·(diag(λ̄) + K∘F)·Vᵀ, K = (VᵀV̄ − V̄ᵀV)/2, F = 1/(λⱼ − λᵢ) beside the diagonal. Nearly equal eigenvalues: the derivative of a vector grows with 1/gap, and so does
/// its error, about ε·‖A‖/gap of it; that of λ does not grow, but where λ̄ differ it is as uncertain. Equal ones: any basis of their space is right, so where K is not zero there the derivative is infinite or
/// NaN; where it is, as where only λ is used, it contributes nothing, and λ̄ = 1 for all of them gives the right derivative of their sum (the second derivatives are NaN there).
/// A NaN or infinity makes all results NaN. Cost: about 9·n³ operations. An iteration that does not end is a <see cref="MatrixException"/>.
/// Sources: Golub and Van Loan, Matrix Computations, 8.3 (reflections, QR iteration with Wilkinson's shift); Giles, An extended collection of matrix derivative results (2008).
/// </remarks>
public readonly record struct Eigh : IOperation<Eigh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <summary>λ over V, one result: [..., n + 1, n].</summary>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("Eigh", inputs[0]).With(inputs[0].Rank - 2, checked(inputs[0][-1] + 1));

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++)
        {
            Span<T> result = step.Output.Slice(i * (n + 1) * n, (n + 1) * n);
            if (SymmetricEigen.Factor(step[0].Slice(i * n * n, n * n), result[..n], result[n..], n) is >= 0 and int place)
                throw MatrixException.NoConvergence("Eigh", shape, i, place);
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0), values = shape.Without(shape.Rank - 2);
        int n = shape[-1];
        Variable<T> lambda = step.Output.Slice(-2, 0, 1).Reshape(values), v = step.Output.Slice(-2, 1, n);
        Variable<T> w = Autodiff.MatMul.Of(v, step.Cotangent.Slice(-2, 1, n), true, false), k = (w - w.Transpose()) * Variable<T>.Of(0.5);
        Variable<T> diagonal = Variable<T>.Apply(new PlaceDiagonal(0, shape), step.Cotangent.Slice(-2, 0, 1).Reshape(values));
        Variable<T> inner = diagonal + Variable<T>.Apply<Chain>(k, ReciprocalGaps.Of(lambda));
        step.Accumulate(0, new MatMul(false, true), Autodiff.MatMul.Of(v, inner, false, false), v);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("values of a batch", x => Apart(x[0]).Eigh().Values, Sample.Of(2, 2, 2)),
        new("values and vectors", x => Product(Apart(x[0]).Eigh()), Sample.Of(3, 3)),
    ];

    // with eigenvalues that are far apart
    private static Variable<T> Apart<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = x.Shape[-1];
        T[] diagonal = [.. Enumerable.Range(0, n).Select(i => T.CreateTruncating(12 * i))];
        return x + Variable<T>.Apply(new PlaceDiagonal(0, [n, n]), x.Recording!.Tape.Constant(diagonal, [n]));
    }

    private static Variable<T> Product<T>((Variable<T> Values, Variable<T> Vectors) pair) where T : unmanaged, IFloatingPointIeee754<T>
        => pair.Vectors * pair.Values;
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Eigh"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public (Variable<T> Values, Variable<T> Vectors) Eigh()
        {
            Shape shape = a.Shape;
            Variable<T> packed = Variable<T>.Apply(default(Eigh), a);
            return (packed.Slice(-2, 0, 1).Reshape(shape.Without(shape.Rank - 2)), packed.Slice(-2, 1, shape[-1]));
        }

        /// <summary>The eigenvalues of the symmetric part (A + Aᵀ)/2 alone, [..., n, n] → [..., n], ascending: those of <see cref="Autodiff.Eigh"/>, at its cost.</summary>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public Variable<T> Eigenvalues()
        {
            Shape shape = Squares.Check("Eigenvalues", a.Shape);
            return Variable<T>.Apply(default(Eigh), a).Slice(-2, 0, 1).Reshape(shape.Without(shape.Rank - 2));
        }
    }
}
