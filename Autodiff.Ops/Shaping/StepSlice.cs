using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Every step-th element of a part of one axis: y[…, i, …] = x[…, start + i·step, …], 0 ≤ i &lt; length.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, length, inner]. x̄ = ȳ at the places it was taken from, zero elsewhere. A negative step goes backwards.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Start">The first index that is taken.</param>
/// <param name="Length">How many are taken.</param>
/// <param name="Step">From one index to the next; not 0.</param>
public readonly record struct StepSlice(int Axis, int Start, int Length, int Step) : IOperation<StepSlice>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        int n = inputs[0].Lengths[Axis];
        long last = Start + (((long)Length - 1) * Step);
        if (Length < 0 || Start < 0 || Start > n || (Length > 0 && (Start == n || last < 0 || last >= n)))
            throw new ShapeException($"Slice: x is {inputs[0]}, axis {Axis}, start {Start}, length {Length}, step {Step}; needs 0 ≤ length, and the first and last index from 0 to {n - 1}.");
        return inputs[0].With(Axis, Length);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        for (int o = 0; o < outer; o++) Layout.Copy(step[0], ((o * n) + Start) * inner, Step * inner, step.Output, o * Length * inner, inner, inner, Length);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new StepPlace(Axis, Start, step.Shape(0).Lengths[Axis], Step), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("every second row", x => x[0].Slice(0, 1, 2, 2), Sample.Of(4, 2)),
        new("inner axis, backwards", x => x[0].Slice(-1, 3, 2, -3), Sample.Of(2, 4)),
        new("middle axis", x => x[0].Slice(1, 0, 2, 2), Sample.Of(2, 3, 2)),
    ];
}
