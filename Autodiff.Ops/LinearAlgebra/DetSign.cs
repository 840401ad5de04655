using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The sign of a determinant: 1, −1, or 0 for a singular matrix. Its derivative is zero.</summary>
internal readonly record struct DetSign : IOperation<DetSign>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("SlogDet", inputs[0]).Lengths[..^2];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[-1];
        for (int i = 0; i < step.Output.Length; i++) step.Output[i] = LuFactors.Determinant(step[0].Slice(i * n * n, n * n), n).Sign;
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // constant wherever it has a derivative
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a batch", x => Variable<T>.Apply(default(DetSign), Squares.Shifted(x[0], 3).Flipped()), Sample.Of(2, 2, 2))];
}
