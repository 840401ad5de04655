using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Whole slices added at indices along one axis: y = x, and y[…, index[k], …] += source[…, k, …].</summary>
/// <remarks>
/// Shapes: x [outer, n, inner], source [outer, number of indices, inner] → x's. x̄ = ȳ, and the source's derivative is the slices of ȳ at the same indices: the transpose of
/// <see cref="IndexSelect"/>. At an index that comes twice both are added. The recorded operation is that on zeros.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Length">The length of the result's axis.</param>
/// <param name="List">The indices.</param>
public readonly record struct IndexAdd(int Axis, int Length, IntegerList List) : IOperation<IndexAdd>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <summary>The list is one that the recording holds already.</summary>
    internal static Variable<T> Of<T>(Variable<T> x, int axis, int length, IntegerList list) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new IndexAdd(axis, length, list), x);

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(Axis, Length);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.OutputShape.Around(Axis);
        step.Output.Clear();
        Picking.ScatterAddRows(step[0], step.Output, step.Integers(List), outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new IndexSelect(Axis, List), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows, repeated", x => Of(x[0], 0, 4, x[0].Store([2, 0, 2])), Sample.Of(3, 2)),
        new("to a matrix", x => x[0].IndexAdd([1, 1, 0], 1, x[1]), Sample.Of(2, 2), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.IndexAdd"/>
        /// <param name="indices">The indices, from 0 to the length of the axis − 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="source">What is added.</param>
        /// <exception cref="ShapeException">The source is not x with as many slices as there are indices.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        public Variable<T> IndexAdd(ReadOnlySpan<int> indices, int axis, Variable<T> source)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("IndexAdd", axis);
            if (source.Shape != shape.With(axis, indices.Length))
                throw new ShapeException($"IndexAdd: x is {shape}, the source {source.Shape}, {indices.Length} indices came; needs a source of {shape.With(axis, indices.Length)}.");
            Indices.Check("IndexAdd", indices, shape.Lengths[axis]);
            return x + Autodiff.IndexAdd.Of(source, axis, shape.Lengths[axis], source.Store(indices));
        }
    }
}
