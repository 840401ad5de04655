using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Elements at every step-th place of an axis of zeros: the transpose of <see cref="StepSlice"/>.</summary>
/// <remarks>Shapes: [outer, length, inner] → [outer, n, inner]. x̄ is ȳ at those places.</remarks>
internal readonly record struct StepPlace(int Axis, int Start, int Target, int Step) : IOperation<StepPlace>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(Axis, Target);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int length, int inner) = step.Shape(0).Around(Axis);
        step.Output.Clear();
        for (int o = 0; o < outer; o++) Layout.Copy(step[0], o * length * inner, inner, step.Output, ((o * Target) + Start) * inner, Step * inner, inner, length);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new StepSlice(Axis, Start, step.Shape(0).Lengths[Axis], Step), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Variable<T>.Apply(new StepPlace(0, 1, 5, 2), x[0]), Sample.Of(2, 2)),
        new("inner axis, backwards", x => Variable<T>.Apply(new StepPlace(1, 3, 4, -3), x[0]), Sample.Of(2, 2)),
    ];
}
