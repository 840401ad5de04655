using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Elements added at indices along one axis, each at an index of its own: y = x, and y[…, index[…, i, …], …] += source[…, i, …].</summary>
/// <remarks>
/// Shapes: x and the source have as many axes, the source and the indices one shape, which but for the axis is not longer than x → x's. x̄ = ȳ, and the source's derivative is ȳ
/// gathered at the same indices: the transpose of <see cref="Gather"/>. At an index that comes twice both are added. The recorded operation is that on zeros.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Target">The shape of the result.</param>
/// <param name="List">The indices, row-major.</param>
public readonly record struct ScatterAdd(int Axis, Shape Target, IntegerList List) : IOperation<ScatterAdd>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <summary>The list is one that the recording holds already.</summary>
    internal static Variable<T> Of<T>(Variable<T> x, int axis, in Shape target, IntegerList list) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ScatterAdd(axis, target, list), x);

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.Output.Clear();
        Picking.ScatterAdd(step[0], step.Shape(0), step.Output, Target, step.Integers(List), Axis);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Gather(Axis, step.Shape(0), List), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis, repeated", x => Of(x[0], 1, [2, 3], x[0].Store([2, 0, 1, 1])), Sample.Of(2, 2)),
        new("to a matrix", x => x[0].ScatterAdd([1, 0, 1], 0, x[1]), Sample.Of(2, 3), Sample.Of(1, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.ScatterAdd"/>
        /// <param name="indices">The indices, row-major in the source's shape, from 0 to the length of the axis − 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="source">What is added.</param>
        /// <exception cref="ShapeException">The source does not fit x, or the number of indices is not that of its elements.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        public Variable<T> ScatterAdd(ReadOnlySpan<int> indices, int axis, Variable<T> source)
        {
            Shape shape = x.Shape, from = source.Shape;
            axis = shape.Axis("ScatterAdd", axis);
            bool fits = from.Rank == shape.Rank && indices.Length == from.Size;
            for (int i = 0; fits && i < from.Rank; i++) fits = i == axis || from.Lengths[i] <= shape.Lengths[i];
            if (!fits) throw new ShapeException($"ScatterAdd: x is {shape}, the source {from}, {indices.Length} indices came; needs as many axes, but for axis {axis} lengths of at most x's, and an index for each element.");
            Indices.Check("ScatterAdd", indices, shape.Lengths[axis]);
            return x + Autodiff.ScatterAdd.Of(source, axis, shape, source.Store(indices));
        }
    }
}
