using System.Numerics;

namespace Autodiff;

/// <summary>Repetition along axes of length 1 and along new leading axes, as in NumPy.</summary>
/// <remarks>x̄ = Σ ȳ over what was repeated. <see cref="ShapeException"/> if x does not broadcast to the shape.</remarks>
public readonly unsafe record struct BroadcastTo(Shape Target) : IOperation<BroadcastTo>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <summary>x repeated to a shape; x itself if it has it.</summary>
    public static Variable<T> Of<T>(Variable<T> x, in Shape target) where T : unmanaged, IFloatingPointIeee754<T>
        => x.Shape == target ? x : Variable<T>.Apply(new BroadcastTo(target), x);

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
        => Autodiff.Shape.Broadcast("BroadcastTo", inputs[0], Target) == Target ? Target
            : throw new ShapeException($"BroadcastTo: x is {inputs[0]}, the target {Target}; needs an x whose lengths are 1 or the target's, aligned at the last axis.");

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Broadcasting plan = new(Target, step.Shape(0), default, default);
        fixed (T* px = step[0], py = step.Output)
            Loops<Unary<Identity>, T>.Map(plan, px, px, px, py);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, SumTo.Of(step.Cotangent, step.Shape(0)));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a row", x => Of(x[0], [2, 3]), Sample.Of(3)),
        new("a column", x => Of(x[0], [2, 3]), Sample.Of(2, 1)),
        new("inner and leading", x => Of(x[0], [2, 3, 4, 2]), Sample.Of(3, 1, 2)),
        new("a number", x => Of(x[0], [2, 2]), Sample.Of()),
    ];
}
