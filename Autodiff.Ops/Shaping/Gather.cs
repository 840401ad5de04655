using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Elements picked along one axis, each at an index of its own: y[…, i, …] = x[…, index[…, i, …], …].</summary>
/// <remarks>
/// Shapes: the result has the shape of the indices, which have as many axes as x and, but for the gathered axis, are not longer than x. x̄ is ȳ added at the
/// places it was taken from: an element that was taken twice receives both.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Target">The shape of the indices and of the result.</param>
/// <param name="List">The indices, row-major.</param>
public readonly record struct Gather(int Axis, Shape Target, IntegerList List) : IOperation<Gather>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => Picking.Gather(step[0], step.Shape(0), step.Output, Target, step.Integers(List), Axis);

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, ScatterAdd.Of(step.Cotangent, Axis, step.Shape(0), List));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis, repeated", x => x[0].Gather([2, 0, 1, 1], [2, 2], 1), Sample.Of(2, 3)),
        new("outer axis", x => x[0].Gather([1, 0, 1], [1, 3], 0), Sample.Of(2, 3)),
        new("middle axis, longer than x", x => x[0].Gather([1, 0, 0, 1, 1, 1], [1, 3, 2], -2), Sample.Of(2, 2, 3)),
        new("a vector", x => x[0].Gather([3, 3, 0], [3], 0), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Gather"/>
        /// <param name="indices">The indices, row-major, from 0 to the length of the axis − 1.</param>
        /// <param name="shape">Their shape, which becomes that of the result.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ShapeException">The shape of the indices does not fit x or their number.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        public Variable<T> Gather(ReadOnlySpan<int> indices, ReadOnlySpan<int> shape, int axis)
        {
            Shape from = x.Shape, target = Shape.Create(shape);
            axis = from.Axis("Gather", axis);
            if (indices.Length != target.Size) throw new ShapeException($"Gather: {indices.Length} indices came, their shape is {target}; needs {target.Size} indices.");
            bool fits = target.Rank == from.Rank;
            for (int i = 0; fits && i < from.Rank; i++) fits = i == axis || target.Lengths[i] <= from.Lengths[i];
            if (!fits) throw new ShapeException($"Gather: x is {from}, the indices are {target}; needs as many axes and, except along axis {axis}, lengths of at most x's.");
            Indices.Check("Gather", indices, from.Lengths[axis]);
            return Variable<T>.Apply(new Gather(axis, target, x.Store(indices)), x);
        }
    }
}
