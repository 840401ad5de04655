using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Zeros, to which elements are added at indices along one axis: the transpose of <see cref="Gather"/>.</summary>
/// <remarks>x̄ is ȳ gathered at the same indices.</remarks>
internal readonly record struct ScatterAdd(int Axis, Shape Target, IntegerList List) : IOperation<ScatterAdd>
{
    public static Saved Saves => Saved.Nothing;

    /// <summary>The list is one that the recording holds already.</summary>
    public static Variable<T> Of<T>(Variable<T> x, int axis, in Shape target, IntegerList list) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ScatterAdd(axis, target, list), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.Output.Clear();
        Picking.ScatterAdd(step[0], step.Shape(0), step.Output, Target, step.Integers(List), Axis);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Gather(Axis, step.Shape(0), List), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis, repeated", x => Of(x[0], 1, [2, 3], x[0].Store([2, 0, 1, 1])), Sample.Of(2, 2)),
        new("outer axis", x => Of(x[0], 0, [2, 3], x[0].Store([1, 0, 1])), Sample.Of(1, 3)),
    ];
}
