using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The means of windows that reach over the edges of an image, or, transposed, each pixel's share of the windows it is in. Linear.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels, oh, ow], transposed the other way. x̄ is the same transposed.</remarks>
/// <param name="Windows">The windows.</param>
/// <param name="CountPadding">Whether the zeros of the padding count in a mean.</param>
/// <param name="Transposed">Which way it goes.</param>
internal readonly record struct PaddedMeans(PaddedWindows Windows, bool CountPadding, bool Transposed) : IOperation<PaddedMeans>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Transposed
        ? [inputs[0][0], inputs[0][1], Windows.Rows.Length, Windows.Columns.Length]
        : [inputs[0][0], inputs[0][1], Windows.Rows.Count, Windows.Columns.Count];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Transposed)
        {
            Windows.Means(step[0], step.Output, CountPadding);
            return;
        }

        step.Output.Clear();
        Windows.SharesAdd(step[0], step.Output, CountPadding);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(this with { Transposed = !Transposed }, step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("of shares", x => Variable<T>.Apply(new PaddedMeans(new(new(3, 2, 2, 1, 1, 2), new(4, 3, 1, 1, 1, 4)), false, true), x[0]), Sample.Of(1, 2, 2, 4))];
}
