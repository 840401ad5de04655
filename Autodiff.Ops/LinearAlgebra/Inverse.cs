using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The inverse of a matrix: Y = A⁻¹.</summary>
/// <remarks>
/// Shapes: [..., n, n] → the same. Ā = −Yᵀ·Ȳ·Yᵀ. A NaN goes on. A singular matrix is a <see cref="MatrixException"/> that names the pivot.
/// For A⁻¹·B, <see cref="Autodiff.Solve"/> is faster and more accurate. Cost: 8n³/3 operations.
/// </remarks>
public readonly record struct Inverse : IOperation<Inverse>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("Inverse", inputs[0]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++)
            if (LuFactors.Invert(step[0].Slice(i * n * n, n * n), step.Output.Slice(i * n * n, n * n), n, false) is >= 0 and int pivot)
                throw MatrixException.Singular("Inverse", shape, i, pivot);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = step.Output;
        step.Accumulate(0, new MatMul(false, true), -Autodiff.MatMul.Of(y, step.Cotangent, true, false), y);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Squares.Shifted(x[0], 4).Inverse(), Sample.Of(3, 3)),
        new("a batch", x => Squares.Shifted(x[0], 4).Flipped().Inverse(), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Inverse"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">A matrix is singular.</exception>
        public Variable<T> Inverse() => Variable<T>.Apply(default(Inverse), a);
    }
}
