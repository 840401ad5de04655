using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The means of windows that cover an image evenly, or, transposed, each pixel's share of the windows it is in. Linear.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels, oh, ow], transposed the other way. x̄ is the same transposed.</remarks>
/// <param name="Windows">The sizes of images and results.</param>
/// <param name="Transposed">Which way it goes.</param>
internal readonly record struct WindowMeans(EvenWindows Windows, bool Transposed) : IOperation<WindowMeans>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Transposed
        ? [inputs[0][0], inputs[0][1], Windows.Height, Windows.Width]
        : [inputs[0][0], inputs[0][1], Windows.OutputHeight, Windows.OutputWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Transposed)
        {
            Windows.Means(step[0], step.Output);
            return;
        }

        step.Output.Clear();
        Windows.SharesAdd(step[0], step.Output);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(this with { Transposed = !Transposed }, step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("of shares", x => Variable<T>.Apply(new WindowMeans(new EvenWindows(3, 4, 2, 3), true), x[0]), Sample.Of(1, 2, 2, 3))];
}
