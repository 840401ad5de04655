using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The axes in another order: axis d of y is axis axes[d] of x.</summary>
/// <remarks>x̄ = ȳ permuted back.</remarks>
/// <param name="Axes">The axes of x in their new order, counted from the front; kept as the lengths of a shape, the recording's small list.</param>
public readonly record struct Permute(Shape Axes) : IOperation<Permute>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape result = inputs[0];
        for (int i = 0; i < Axes.Rank; i++) result = result.With(i, inputs[0].Lengths[Axes.Lengths[i]]);
        return result;
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => Layout.Permute(step[0], step.Output, step.Shape(0), Axes);

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> back = stackalloc int[Axes.Rank];
        for (int i = 0; i < back.Length; i++) back[Axes.Lengths[i]] = i;
        step.Accumulate(0, Variable<T>.Apply(new Permute(back), step.Cotangent));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a cycle", x => x[0].Permute([2, 0, 1]), Sample.Of(2, 3, 4)),
        new("leading axes", x => x[0].Permute([1, 0, -1]), Sample.Of(2, 3, 2)),
        new("four axes", x => x[0].Permute([0, 3, 1, 2]), Sample.Of(2, 2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Permute"/>
        /// <param name="axes">Every axis of x once, in the new order; negative axes count from the end.</param>
        /// <exception cref="ShapeException">The number of axes is not x's, or one comes twice.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Permute(ReadOnlySpan<int> axes)
        {
            Shape shape = x.Shape;
            Span<int> order = stackalloc int[shape.Rank];
            uint seen = 0;
            for (int i = 0; i < axes.Length && i < order.Length; i++) seen |= 1u << (order[i] = shape.Axis("Permute", axes[i]));
            if (axes.Length != shape.Rank || seen != (1u << shape.Rank) - 1)
                throw new ShapeException($"Permute: x is {shape}, the axes are {Shape.Text(axes)}; needs each of its {shape.Rank} axes once.");
            return Variable<T>.Apply(new Permute(order), x);
        }
    }
}
