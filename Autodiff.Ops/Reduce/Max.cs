using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The greatest element along one axis: y = maxᵢ xᵢ.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept; n is at least 1. x̄ is ȳ at the place of the first greatest element and 0
/// elsewhere, so Σx̄ = Σȳ: of equal elements the first has it all. A NaN wins: y is NaN, and x̄ is ȳ at the place of the first NaN.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
/// <param name="Places">Where along the axis the result was found, [outer, inner]; written by the forward pass.</param>
public readonly record struct Max(int Axis, bool KeepDims, IntegerList Places) : IOperation<Max>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Reduction.Max(step[0], step.Output, step.Integers(Places), outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        step.Accumulate(0, ScatterAdd.Of(step.Cotangent.Reshape(shape.Without(Axis, keepDims: true)), Axis, shape, Places));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Max(1), Sample.In(Wide, 2, 3)) { Selects = true, Spacing = 0.5 },
        new("outer axis, kept", x => x[0].Max(0, keepDims: true), Sample.In(Wide, 3, 2)) { Selects = true, Spacing = 0.5 },
        new("middle axis", x => x[0].Max(-2), Sample.In(Wide, 2, 3, 2)) { Selects = true, Spacing = 0.5 },
        new("everything", x => x[0].Max(), Sample.In(Wide, 2, 3)) { Selects = true, Spacing = 0.5 },
    ];

    // room for elements so far apart that no difference crosses a tie
    private static Domain Wide => Domain.In((-6, 6));

    /// <summary>The operation with room for the places.</summary>
    internal static Variable<T> Of<T>(Variable<T> x, int axis, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Max", axis);
        if (shape.Lengths[axis] == 0) throw new ShapeException($"Max: x is {shape}, axis {axis} is empty; needs at least one element along it.");
        return Variable<T>.Apply(new Max(axis, keepDims, x.Reserve(shape.Without(axis).Size)), x);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Max"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public Variable<T> Max(int axis, bool keepDims = false) => Autodiff.Max.Of(x, axis, keepDims);

        /// <summary>The greatest of all elements, as a scalar; at ties the first has the whole derivative.</summary>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public Scalar<T> Max()
        {
            if (x.Size == 0) throw new ShapeException($"Max: x is {x.Shape}; needs at least one element.");
            return Autodiff.Max.Of(x.Reshape([x.Size]), 0, false).AsScalar();
        }

        /// <inheritdoc cref="Autodiff.Max"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one of length 0 or one comes twice.</exception>
        public Variable<T> Max(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Max", x, axes, keepDims, static (v, axis, _) => v.Max(axis));
    }
}
