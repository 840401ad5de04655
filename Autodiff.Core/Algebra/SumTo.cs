using System.Numerics;

namespace Autodiff;

/// <summary>
/// The sum over the axes along which a shape was broadcast: the transpose of <see cref="BroadcastTo"/>, and how the engine undoes broadcasting when it is recorded.
/// </summary>
/// <remarks>x̄ = ȳ broadcast to x's shape.</remarks>
internal readonly unsafe record struct SumTo(Shape Target) : IOperation<SumTo>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, in Shape target) where T : unmanaged, IFloatingPointIeee754<T>
        => x.Shape == target ? x : Variable<T>.Apply(new SumTo(target), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs)
        => Autodiff.Shape.Broadcast("SumTo", inputs[0], Target) == inputs[0] ? Target
            : throw new ShapeException($"SumTo: x is {inputs[0]}, the target {Target}; needs a target that broadcasts to x.");

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> y = step.Output;
        ReadOnlySpan<T> x = step[0];
        y.Clear();
        Broadcasting plan = new(step.Shape(0), Target, default, default);
        fixed (T* px = x, py = y)
            Loops<Unary<Identity>, T>.Pull<OperandA>(plan, py, py, py, px, px, py, fresh: false, whole: false);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, BroadcastTo.Of(step.Cotangent, step.Shape(0)));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Of(x[0], [3]), Sample.Of(2, 3)),
        new("columns", x => Of(x[0], [2, 1]), Sample.Of(2, 3)),
        new("inner and leading", x => Of(x[0], [3, 1, 2]), Sample.Of(2, 3, 4, 2)),
        new("everything", x => Of(x[0], []), Sample.Of(2, 3)),
    ];
}
