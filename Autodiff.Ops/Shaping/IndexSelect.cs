using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Whole slices picked along one axis: y[…, k, …] = x[…, index[k], …].</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, number of indices, inner]. x̄ is ȳ added at the slices it was taken from: one that was taken twice receives both.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="List">The indices.</param>
public readonly record struct IndexSelect(int Axis, IntegerList List) : IOperation<IndexSelect>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(Axis, List.Count);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Picking.GatherRows(step[0], step.Output, step.Integers(List), outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, IndexAdd.Of(step.Cotangent, Axis, step.Shape(0).Lengths[Axis], List));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows, repeated", x => x[0].IndexSelect([2, 0, 2], 0), Sample.Of(3, 2)),
        new("inner axis", x => x[0].IndexSelect([1, 1, 0, 2], -1), Sample.Of(2, 3)),
        new("middle axis", x => x[0].IndexSelect([2, 1], 1), Sample.Of(2, 3, 2)),
    ];

    /// <summary>The checked operation, under the name of who asks.</summary>
    internal static Variable<T> Of<T>(string op, Variable<T> x, ReadOnlySpan<int> indices, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis(op, axis);
        Indices.Check(op, indices, shape.Lengths[axis]);
        return Variable<T>.Apply(new IndexSelect(axis, x.Store(indices)), x);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.IndexSelect"/>
        /// <param name="indices">The indices, from 0 to the length of the axis − 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        public Variable<T> IndexSelect(ReadOnlySpan<int> indices, int axis) => Autodiff.IndexSelect.Of("IndexSelect", x, indices, axis);
    }
}
