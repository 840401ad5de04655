using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Zeros before and after one axis.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, before + n + after, inner]. x̄ = the part of ȳ where x stands.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Before">How many zeros come before.</param>
/// <param name="After">How many zeros come after.</param>
public readonly record struct Pad(int Axis, int Before, int After) : IOperation<Pad>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        if (Before < 0 || After < 0 || (long)Before + inputs[0].Lengths[Axis] + After > int.MaxValue)
            throw new ShapeException($"Pad: x is {inputs[0]}, axis {Axis}, before {Before}, after {After}; needs 0 or more on each side, and fewer than 2^31 elements.");
        return inputs[0].With(Axis, Before + inputs[0].Lengths[Axis] + After);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        step.Output.Clear();
        Layout.Copy(step[0], 0, n * inner, step.Output, Before * inner, (Before + n + After) * inner, n * inner, outer);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, step.Cotangent.Slice(Axis, Before, step.Shape(0).Lengths[Axis]));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].Pad(0, 1, 2), Sample.Of(2, 2)),
        new("inner axis, before", x => x[0].Pad(-1, 2, 0), Sample.Of(2, 3)),
        new("middle axis, after", x => x[0].Pad(1, 0, 1), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Pad"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="before">How many zeros come before.</param>
        /// <param name="after">How many zeros come after.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">A negative number of zeros.</exception>
        public Variable<T> Pad(int axis, int before, int after) => Variable<T>.Apply(new Pad(x.Shape.Axis("Pad", axis), before, after), x);
    }
}
