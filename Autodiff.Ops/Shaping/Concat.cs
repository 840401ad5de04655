using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Tensors one after another along one of their axes.</summary>
/// <remarks>Shapes: [outer, nᵢ, inner] → [outer, Σᵢ nᵢ, inner]. x̄ᵢ = its part of ȳ.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
public readonly record struct Concat(int Axis) : IOperation<Concat>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape first = inputs[0];
        long length = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            Shape x = inputs[i];
            if (x.Rank != first.Rank || x.With(Axis, 0) != first.With(Axis, 0))
                throw new ShapeException($"Concat: input 0 is {first}, input {i} is {x}; needs inputs that differ along axis {Axis} only.");
            length += x.Lengths[Axis];
        }

        if (length > int.MaxValue) throw new ShapeException($"Concat: {inputs.Length} inputs like {first} have {length} together along axis {Axis}; needs less than 2^31.");
        return first.With(Axis, (int)length);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int total, int inner) = step.OutputShape.Around(Axis);
        for (int i = 0, at = 0; i < step.Count; i++)
        {
            int block = step.Shape(i).Lengths[Axis] * inner;
            Layout.Copy(step[i], 0, block, step.Output, at, total * inner, block, outer);
            at += block;
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0, at = 0; i < step.Count; i++)
        {
            int length = step.Shape(i).Lengths[Axis];
            if (step.Wants(i)) step.Accumulate(i, step.Cotangent.Slice(Axis, at, length));
            at += length;
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Variable.Concat([x[0], x[1]], 0), Sample.Of(1, 3), Sample.Of(2, 3)),
        new("inner axis", x => Variable.Concat([x[0], x[1], x[2]], -1), Sample.Of(2, 3), Sample.Of(2, 1), Sample.Of(2, 2)),
        new("the same twice", x => Variable.Concat([x[0], x[0]], 1), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.Concat"/>
    /// <param name="inputs">One tensor or more, at least one of them on a tape.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <exception cref="ArgumentException">No inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ShapeException">Two inputs differ along another axis.</exception>
    public static Variable<T> Concat<T>(ReadOnlySpan<Variable<T>> inputs, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs.IsEmpty) throw new ArgumentException("Concat: no inputs came; needs at least one.", nameof(inputs));
        return Variable<T>.Apply(new Concat(inputs[0].Shape.Axis("Concat", axis)), inputs);
    }
}
