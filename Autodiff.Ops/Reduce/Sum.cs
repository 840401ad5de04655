using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Sum along one axis: y = Σᵢ xᵢ.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ = ȳ repeated along the axis. A sum of nothing is 0.
/// Summed in blocks: the rounding error grows with log n.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
public readonly record struct Sum(int Axis, bool KeepDims) : IOperation<Sum>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Reduction.Sum(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, step.Cotangent.Reshape(step.Shape(0).Without(Axis, keepDims: true)));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Sum(1), Sample.Of(2, 3)),
        new("outer axis, kept", x => x[0].Sum(0, keepDims: true), Sample.Of(2, 3)),
        new("middle axis", x => x[0].Sum(-2), Sample.Of(2, 3, 4)),
        new("everything", x => x[0].Sum(), Sample.Of(2, 3)),
        new("an axis of length 1", x => x[0].Sum(0), Sample.Of(1, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Sum"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Sum(int axis, bool keepDims = false) => Variable<T>.Apply(new Sum(x.Shape.Axis("Sum", axis), keepDims), x);

        /// <summary>The sum of all elements, as a scalar.</summary>
        public Scalar<T> Sum() => Variable<T>.Apply(new Sum(0, false), x.Reshape([x.Size])).AsScalar();

        /// <inheritdoc cref="Autodiff.Sum"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Sum(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Sum", x, axes, keepDims, static (v, axis, _) => v.Sum(axis));
    }
}
