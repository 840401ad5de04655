using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Softmax along an axis: yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ).</summary>
/// <remarks>
/// Shapes: x's. x̄ = y·(ȳ − Σ ȳ·y). Every lane is shifted by its own maximum: no overflow, and no lane becomes 0/0 because another is large.
/// An element of −∞ gives 0; a lane of nothing but −∞, or with +∞ or NaN, gives NaN. A lane whose ȳ is zero gets zero.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
public readonly record struct Softmax(int Axis) : IOperation<Softmax>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        SoftmaxLanes.Softmax(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, new SoftmaxPull(Axis, 1), step.Output, step.Cotangent);

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a vector", x => x[0].Softmax(0), Sample.Of(5)),
        new("inner axis", x => x[0].Softmax(-1), Sample.Of(3, 4)),
        new("outer axis", x => x[0].Softmax(0), Sample.Of(3, 4)),
        new("middle axis", x => x[0].Softmax(1), Sample.Of(2, 3, 2)),
        new("far from zero", x => x[0].Softmax(1), Sample.In(Domain.In((98, 102)), 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Softmax"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Softmax(int axis) => Variable<T>.Apply(new Softmax(x.Shape.Axis("Softmax", axis)), x);
    }
}
