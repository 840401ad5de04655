using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Zeros, to which slices are added at indices along one axis: the transpose of <see cref="IndexSelect"/>.</summary>
/// <remarks>x̄ is the slices of ȳ at the same indices.</remarks>
internal readonly record struct IndexAdd(int Axis, int Length, IntegerList List) : IOperation<IndexAdd>
{
    public static Saved Saves => Saved.Nothing;

    /// <summary>The list is one that the recording holds already.</summary>
    public static Variable<T> Of<T>(Variable<T> x, int axis, int length, IntegerList list) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new IndexAdd(axis, length, list), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(Axis, Length);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.OutputShape.Around(Axis);
        step.Output.Clear();
        Picking.ScatterAddRows(step[0], step.Output, step.Integers(List), outer, n, inner);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new IndexSelect(Axis, List), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows, repeated", x => Of(x[0], 0, 4, x[0].Store([2, 0, 2])), Sample.Of(3, 2)),
        new("inner axis", x => Of(x[0], 1, 2, x[0].Store([1, 1, 0])), Sample.Of(2, 3)),
    ];
}
