using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The determinant of a matrix: y = det A.</summary>
/// <remarks>
/// Shapes: [..., n, n] → [...]; of one matrix a 0-d variable. Ā = ȳ·C, the cofactors C = det A · A⁻ᵀ, which are right for a singular matrix, too; the derivative of
/// the derivative of a singular matrix is infinite or NaN. A matrix of no rows has 1. A NaN goes on. Large matrices overflow: see LogDet and SlogDet.
/// Cost: 2n³/3 operations, 8n³/3 and more for the derivative.
/// </remarks>
public readonly record struct Det : IOperation<Det>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("Det", inputs[0]).Lengths[..^2];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[-1];
        for (int i = 0; i < step.Output.Length; i++) step.Output[i] = LuFactors.Product(step[0].Slice(i * n * n, n * n), n);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply<Chain>(Squares.AsMatrices(step.Cotangent), CofactorMatrix.Of(step[0])));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Squares.Shifted(x[0], 3).Det(), Sample.Of(3, 3)),
        new("a batch", x => Squares.Shifted(x[0], 3).Flipped().Det(), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Det"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        public Variable<T> Det() => Variable<T>.Apply(default(Det), a);
    }
}
