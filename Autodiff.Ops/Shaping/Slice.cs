using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A part of one axis: y[…, i, …] = x[…, start + i, …], 0 ≤ i &lt; length.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, length, inner]. x̄ = ȳ padded with zeros.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Start">The first index that is taken.</param>
/// <param name="Length">How many are taken.</param>
public readonly record struct Slice(int Axis, int Start, int Length) : IOperation<Slice>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        int n = inputs[0].Lengths[Axis];
        if (Start < 0 || Length < 0 || Start > n - Length)
            throw new ShapeException($"Slice: x is {inputs[0]}, axis {Axis}, start {Start}, length {Length}; needs 0 ≤ start, 0 ≤ length and start + length ≤ {n}.");
        return inputs[0].With(Axis, Length);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Layout.Copy(step[0], Start * inner, n * inner, step.Output, 0, Length * inner, Length * inner, outer);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Pad(Axis, Start, step.Shape(0).Lengths[Axis] - Start - Length), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].Slice(0, 1, 2), Sample.Of(4, 2)),
        new("inner axis", x => x[0].Slice(-1, 0, 2), Sample.Of(2, 3)),
        new("middle axis, to the end", x => x[0].Slice(1, 2, 1), Sample.Of(2, 3, 2)),
        new("all of it", x => x[0].Slice(0, 0, 3), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Slice"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="start">The first index that is taken.</param>
        /// <param name="length">How many are taken.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The part does not lie within the axis.</exception>
        public Variable<T> Slice(int axis, int start, int length) => Variable<T>.Apply(new Slice(x.Shape.Axis("Slice", axis), start, length), x);

        /// <inheritdoc cref="Autodiff.StepSlice"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="start">The first index that is taken.</param>
        /// <param name="length">How many are taken.</param>
        /// <param name="step">From one index to the next; negative: backwards.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the step is 0.</exception>
        /// <exception cref="ShapeException">An index does not lie within the axis.</exception>
        public Variable<T> Slice(int axis, int start, int length, int step)
        {
            if (step == 0) throw new ArgumentOutOfRangeException(nameof(step), "Slice: step is 0; needs another number.");
            return step == 1 ? x.Slice(axis, start, length) : Variable<T>.Apply(new StepSlice(x.Shape.Axis("Slice", axis), start, length, step), x);
        }
    }
}
