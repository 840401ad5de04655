using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Y = A⁻ᵀ, the derivative of ln |det A|; of a singular matrix, infinities and NaN by the division by its zero pivot.</summary>
/// <remarks>Shapes: [..., n, n] → the same. Ā = −Y·Ȳᵀ·Y.</remarks>
internal readonly record struct InverseTransposed : IOperation<InverseTransposed>
{
    public static Saved Saves => Saved.Output;

    public static Variable<T> Of<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.Apply(default(InverseTransposed), a);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("InverseTransposed", inputs[0]);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++) LuFactors.Invert(step[0].Slice(i * n * n, n * n), step.Output.Slice(i * n * n, n * n), n, true);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = step.Output;
        step.Accumulate(0, new MatMul(false, false), -Autodiff.MatMul.Of(y, step.Cotangent, false, true), y);
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Of(Squares.Shifted(x[0], 4)), Sample.Of(3, 3)),
        new("a batch", x => Of(Squares.Shifted(x[0], 4).Flipped()), Sample.Of(2, 2, 2)),
    ];
}
