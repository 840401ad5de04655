using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Tensors of one shape side by side along a new axis.</summary>
/// <remarks>Shapes: k times [outer, inner] → [outer, k, inner]. x̄ᵢ = its part of ȳ.</remarks>
/// <param name="Axis">The place of the new axis, counted from the front.</param>
public readonly record struct Stack(int Axis) : IOperation<Stack>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        for (int i = 1; i < inputs.Length; i++)
            if (inputs[i] != inputs[0]) throw new ShapeException($"Stack: input 0 is {inputs[0]}, input {i} is {inputs[i]}; needs equal shapes.");
        return inputs[0].Inserted(Axis, inputs.Length);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int k, int inner) = step.OutputShape.Around(Axis);
        for (int i = 0; i < k; i++) Layout.Copy(step[i], 0, inner, step.Output, i * inner, k * inner, inner, outer);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < step.Count; i++)
            if (step.Wants(i)) step.Accumulate(i, step.Cotangent.Slice(Axis, i, 1).Reshape(step.Shape(i)));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("in front", x => Variable.Stack([x[0], x[1], x[2]], 0), Sample.Of(2, 2), Sample.Of(2, 2), Sample.Of(2, 2)),
        new("at the end", x => Variable.Stack([x[0], x[1]], -1), Sample.Of(2, 3), Sample.Of(2, 3)),
        new("numbers", x => Variable.Stack([x[0], x[1]], 0), Sample.Of(), Sample.Of()),
    ];
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.Stack"/>
    /// <param name="inputs">One tensor or more, at least one of them on a tape.</param>
    /// <param name="axis">The place of the new axis in the result; negative axes count from its end.</param>
    /// <exception cref="ArgumentException">No inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="ShapeException">Two inputs have different shapes.</exception>
    public static Variable<T> Stack<T>(ReadOnlySpan<Variable<T>> inputs, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs.IsEmpty) throw new ArgumentException("Stack: no inputs came; needs at least one.", nameof(inputs));
        Shape shape = inputs[0].Shape;
        return Variable<T>.Apply(new Stack(shape.Inserted(0, inputs.Length).Axis("Stack", axis)), inputs);
    }
}
