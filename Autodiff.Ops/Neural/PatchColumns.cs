using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The patches of images as columns, or, transposed, columns added up where their patches lie. Linear.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels·kh·kw, patches], transposed the other way. x̄ is the same transposed.</remarks>
/// <param name="Geometry">Sizes, stride, padding and dilation.</param>
/// <param name="Transposed">Which way it goes.</param>
internal readonly record struct PatchColumns(ConvolutionShape Geometry, bool Transposed) : IOperation<PatchColumns>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Transposed
        ? [inputs[0][0], Geometry.Channels, Geometry.Height, Geometry.Width]
        : [inputs[0][0], Geometry.Taps, Geometry.Outputs];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int batch = step.OutputShape[0], image = Geometry.ImageSize, columns = Geometry.Taps * Geometry.Outputs;
        var block = new OutputBlock(0, Geometry.OutputHeight, 0, Geometry.OutputWidth);
        if (Transposed) step.Output.Clear();
        for (int i = 0; i < batch; i++)
        {
            if (Transposed) Patches.ScatterAdd(step[0].Slice(i * columns, columns), step.Output.Slice(i * image, image), Geometry, block);
            else Patches.Gather(step[0].Slice(i * image, image), step.Output.Slice(i * columns, columns), Geometry, block);
        }
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(this with { Transposed = !Transposed }, step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("added up", x => Variable<T>.Apply(new PatchColumns(new ConvolutionShape(2, 3, 3, 2, 2, 1, 1, 0, 0, 1, 1), true), x[0]), Sample.Of(1, 8, 4))];

    /// <summary>The geometry of patches of [batch, channels, h, w], checked.</summary>
    public static ConvolutionShape Patchwork(string op, int channels, (int Height, int Width) image, (int Height, int Width) window, int stride, int padding, int dilation)
    {
        Require(nameof(window), Math.Min(window.Height, window.Width), 1);
        Require(nameof(stride), stride, 1);
        Require(nameof(padding), padding, 0);
        Require(nameof(dilation), dilation, 1);
        var g = new ConvolutionShape(channels, image.Height, image.Width, window.Height, window.Width, stride, stride, padding, padding, dilation, dilation);
        if (g.OutputCount == 0 || g.OutputCount * channels * window.Height * window.Width > int.MaxValue)
            throw new ShapeException($"{op}: the images are [{image.Height}, {image.Width}], the window [{window.Height}, {window.Width}]; needs a window that fits into the padded images, and fewer than 2^31 elements of patches.");
        return g;

        void Require(string name, int value, int least)
        {
            if (value < least) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs {least} or more.");
        }
    }
}
