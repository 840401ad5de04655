using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A linear recurrence along one axis: hᵢ = bᵢ + aᵢ·hᵢ₋₁, with h₋₁ = 0; reversed, hᵢ = bᵢ + aᵢ·hᵢ₊₁.</summary>
/// <remarks>
/// Shapes: b and a alike → the same. b̄ is the recurrence from the other end, b̄ᵢ = h̄ᵢ + aᵢ₊₁·b̄ᵢ₊₁, and āᵢ = b̄ᵢ·hᵢ₋₁. The first a is not used. It is what the
/// derivative of a running product consists of, so h is linear in a cotangent: where it is zero it contributes zero.
/// </remarks>
internal readonly record struct LinearRecurrence(int Axis, bool Reverse) : IOperation<LinearRecurrence>
{
    public static Saved Saves => Saved.B | Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0] == inputs[1] ? inputs[0]
        : throw new ShapeException($"LinearRecurrence: b is {inputs[0]}, a is {inputs[1]}; needs equal shapes.");

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Scans.Recurrence(step[0], step[1], step.Output, outer, n, inner, Reverse);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int by = Reverse ? -1 : 1;
        Variable<T> bBar = Variable<T>.Apply(new LinearRecurrence(Axis, !Reverse), step.Cotangent, Variable<T>.Apply(new Shift(Axis, -by, 0), step[1]));
        step.Accumulate(0, bBar);
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply<Chain>(bBar, Variable<T>.Apply(new Shift(Axis, by, 0), step.Output)));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => Variable<T>.Apply(new LinearRecurrence(1, false), x[0], x[1]), Sample.Of(2, 3), Sample.Of(2, 3)),
        new("outer axis, reversed", x => Variable<T>.Apply(new LinearRecurrence(0, true), x[0], x[1]), Sample.Of(3, 2), Sample.Of(3, 2)),
    ];
}
