using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The exponential of a matrix: Y = eᴬ = I + A + A²/2! + …</summary>
/// <remarks>
/// Shapes: [..., n, n] → the same. Ā is the upper right block of exp [[Aᵀ, Ȳ], [0, Aᵀ]]: the derivative of the exponential at Aᵀ along Ȳ; its own derivative is found in the same way,
/// at four times the size. A NaN or infinity makes NaN; e to large powers overflows as numbers do.
/// Cost: 7 to 8 products of matrices, a system, and a squaring for each doubling of ‖A‖₁ above 4.74; the derivative 8 times as much.
/// Sources: Higham, SIAM J. Matrix Anal. Appl. 26 (2005), scaling, Padé's approximant of degree 13 and squaring; Najfeld and Havel (1995), the block matrix.
/// </remarks>
/// <param name="Block">The rows by which the scaling is chosen, from the first.</param>
public readonly record struct MatrixExp(int Block) : IOperation<MatrixExp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("MatrixExp", inputs[0]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count && n > 0; i++) Exponentials.Run(step[0].Slice(i * n * n, n * n), step.Output.Slice(i * n * n, n * n), n, Block);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> a = step[0].Transpose(), zeros = a * T.Zero;
        int n = step.Shape(0)[-1];
        Variable<T> block = Variable.Concat([Variable.Concat([a, step.Cotangent], -1), Variable.Concat([zeros, a], -1)], -2);
        step.Accumulate(0, Variable<T>.Apply(this, block).Slice(-2, 0, n).Slice(-1, n, n));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a batch", x => (x[0] * Variable<T>.Of(0.5)).MatrixExp(), Sample.Of(2, 2, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MatrixExp"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        public Variable<T> MatrixExp() => Variable<T>.Apply(new MatrixExp(Squares.Check("MatrixExp", a.Shape)[-1]), a);
    }
}
