using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Convolution of images: y[b, o, r, s] = biasₒ + Σ kernel[o, c, i, j]·x[b, c, r·stride − padding + i·dilation, s·stride − padding + j·dilation],
/// x being 0 outside. The kernel is not flipped (cross-correlation).
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], kernel [out, channels, kh, kw], bias [out] → [batch, out, oh, ow] with
/// oh = ⌊(h + 2·padding − dilation·(kh − 1) − 1) / stride⌋ + 1. The derivatives are convolutions, too; they exist to any order.
/// </remarks>
public readonly struct Conv2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("without bias", x => x[0].Conv2d(x[1]), Sample.Of(2, 2, 4, 5), Sample.Of(3, 2, 3, 2)),
        new("stride and padding", x => x[0].Conv2d(x[1], x[2], stride: 2, padding: 1), Sample.Of(2, 2, 4, 5), Sample.Of(3, 2, 3, 2), Sample.Of(3)),
        new("dilation", x => x[0].Conv2d(x[1], x[2], padding: 2, dilation: 2), Sample.Of(2, 2, 4, 5), Sample.Of(3, 2, 3, 2), Sample.Of(3)),
    ];

    /// <summary>The convolution without bias, checked, over one or two axes.</summary>
    internal static Variable<T> Of<T>(string op, Variable<T> x, Variable<T> kernel, int axes, int stride, int padding, int dilation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(op, nameof(stride), stride, 1);
        Require(op, nameof(padding), padding, 0);
        Require(op, nameof(dilation), dilation, 1);
        Shape sx = x.Shape, sk = kernel.Shape;
        if (sx.Rank != axes + 2 || sk.Rank != axes + 2 || sx[1] != sk[1] || sk[-1] == 0 || sk[-axes] == 0) throw Misfit(op, axes, sx, sk);
        ConvolutionShape g = axes == 1
            ? new(sx[1], 1, sx[2], 1, sk[2], 1, stride, 0, padding, 1, dilation)
            : new(sx[1], sx[2], sx[3], sk[2], sk[3], stride, stride, padding, padding, dilation, dilation);
        if (g.Outputs == 0) throw Misfit(op, axes, sx, sk);
        if (axes == 2) return Convolution.Of(x, kernel, g);
        Variable<T> y = Convolution.Of(x.Reshape([sx[0], sx[1], 1, sx[2]]), kernel.Reshape([sk[0], sk[1], 1, sk[2]]), g);
        return y.Reshape([sx[0], sk[0], g.OutputWidth]);
    }

    /// <summary>y with a bias for each of its channels.</summary>
    internal static Variable<T> WithBias<T>(string op, Variable<T> y, Variable<T> bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = y.Shape, sb = bias.Shape;
        if (sb.Rank != 1 || sb[0] != shape[1]) throw new ShapeException($"{op}: the bias is {sb}, the result {shape}; needs bias: [{shape[1]}].");
        return y + (shape.Rank == 3 ? bias.Reshape([sb[0], 1]) : bias.Reshape([sb[0], 1, 1]));
    }

    private static void Require(string op, string name, int value, int least)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs {least} or more.");
    }

    private static ShapeException Misfit(string op, int axes, in Shape x, in Shape kernel) => new(axes == 1
        ? $"{op}: x is {x}, the kernel {kernel}; needs x: [batch, channels, w], kernel: [out, channels, kw] that fits into the padded x."
        : $"{op}: x is {x}, the kernel {kernel}; needs x: [batch, channels, h, w], kernel: [out, channels, kh, kw] that fits into the padded x.");
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Conv2d"/>
        /// <param name="kernel">[out, channels, kh, kw].</param>
        /// <param name="stride">The pixels from one output to the next.</param>
        /// <param name="padding">The zeros put around the images, on each side.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or the kernel is larger than the padded images.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Conv2d(Variable<T> kernel, int stride = 1, int padding = 0, int dilation = 1)
            => Autodiff.Conv2d.Of("Conv2d", x, kernel, 2, stride, padding, dilation);

        /// <inheritdoc cref="Autodiff.Conv2d"/>
        /// <param name="kernel">[out, channels, kh, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The pixels from one output to the next.</param>
        /// <param name="padding">The zeros put around the images, on each side.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or the kernel is larger than the padded images.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Conv2d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int dilation = 1)
            => Autodiff.Conv2d.WithBias("Conv2d", x.Conv2d(kernel, stride, padding, dilation), bias);
    }
}
