using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Product along one axis: y = Πᵢ xᵢ.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ · Π xₖ over k ≠ i, by multiplying what comes before and what comes
/// after, not by dividing: one zero among the elements has the derivative it should have, at any order. NaN gives NaN in the value and in the derivatives of the
/// others. A zero cotangent contributes zero. A product of nothing is 1. Multiplied one after another: products that leave the range of numbers on the way stay there.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
public readonly record struct Product(int Axis, bool KeepDims) : IOperation<Product>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Scans.WholeProduct(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> yBar = step.Cotangent.Reshape(step.Shape(0).Without(Axis, keepDims: true));
        step.Accumulate(0, Variable<T>.Apply<Chain>(yBar, Variable<T>.Apply(new ProductOfOthers(Axis), step[0])));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Product(1), Sample.Of(2, 3)),
        new("outer axis, kept", x => x[0].Product(0, keepDims: true), Sample.Of(3, 2)),
        new("middle axis", x => x[0].Product(-2), Sample.Of(2, 3, 2)),
        new("everything", x => x[0].Product(), Sample.Of(2, 2)),
        new("zeros", x => (x[0] * x[1]).Product(1), Sample.Of(4, 3), Sample.In(Domain.Binary, 4, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Product"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Product(int axis, bool keepDims = false) => Variable<T>.Apply(new Product(x.Shape.Axis("Product", axis), keepDims), x);

        /// <summary>The product of all elements, as a scalar; 1 if there are none.</summary>
        public Scalar<T> Product() => Variable<T>.Apply(new Product(0, false), x.Reshape([x.Size])).AsScalar();

        /// <inheritdoc cref="Autodiff.Product"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Product(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Product", x, axes, keepDims, static (v, axis, _) => v.Product(axis));
    }
}
