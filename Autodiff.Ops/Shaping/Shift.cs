using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Elements moved along one axis: yᵢ = xᵢ₋by, and a constant where nothing comes from.</summary>
/// <remarks>Shapes: x's. x̄ = ȳ moved back, with zeros.</remarks>
internal readonly record struct Shift(int Axis, int By, double Fill) : IOperation<Shift>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        step.Output.Fill(T.CreateTruncating(Fill));
        int kept = n - Math.Min(Math.Abs(By), n);
        Layout.Copy(step[0], Math.Max(-By, 0) * inner, n * inner, step.Output, Math.Max(By, 0) * inner, n * inner, kept * inner, outer);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Shift(Axis, -By, 0), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("forward", x => Variable<T>.Apply(new Shift(1, 1, 1), x[0]), Sample.Of(2, 3)),
        new("back", x => Variable<T>.Apply(new Shift(0, -2, 0), x[0]), Sample.Of(3, 2)),
        new("over the end", x => Variable<T>.Apply(new Shift(0, 4, 1), x[0]), Sample.Of(3, 2)),
    ];
}
