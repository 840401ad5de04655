using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Convolution of images: y[b, o, r, s] = biasₒ + Σ kernel[o, c, i, j]·x[b, c, r·stride − padding + i·dilation, s·stride − padding + j·dilation],
/// x being 0 outside. The kernel is not flipped (cross-correlation).
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], kernel [out, channels/groups, kh, kw], bias [out] → [batch, out, oh, ow] with
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
        new("groups", x => x[0].Conv2d(x[1], x[2], padding: 1, groups: 2), Sample.Of(2, 4, 3, 4), Sample.Of(2, 2, 3, 2), Sample.Of(2)),
        new("a group for each channel", x => x[0].Conv2d(x[1], groups: 3), Sample.Of(2, 3, 3, 4), Sample.Of(6, 1, 2, 2)),
    ];

    /// <summary>The convolution over one or two axes, checked; the bias may be left out.</summary>
    internal static Variable<T> Of<T>(
        string op, Variable<T> x, Variable<T> kernel, Variable<T>? bias, int axes, int stride, int padding, int dilation, int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sx = x.Shape, sk = kernel.Shape;
        ConvolutionShape g = ConvolutionGeometry.Of(op, sx, sk, axes, stride, padding, dilation, groups);
        if (bias is { } b && (b.Shape.Rank != 1 || b.Shape[0] != sk[0]))
            throw new ShapeException($"{op}: the bias is {b.Shape}, the kernel {sk}; needs bias: [{sk[0]}].");
        if (axes == 1)
        {
            x = x.Reshape([sx[0], sx[1], 1, sx[2]]);
            kernel = kernel.Reshape([sk[0], sk[1], 1, sk[2]]);
        }

        Variable<T> y = bias is { } given ? Convolution.Of(x, kernel, given, g) : Convolution.Of(x, kernel, g);
        return axes == 1 ? y.Reshape([sx[0], sk[0], g.OutputWidth]) : y;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Conv2d"/>
        /// <param name="kernel">[out, channels/groups, kh, kw].</param>
        /// <param name="stride">The pixels from one output to the next.</param>
        /// <param name="padding">The zeros put around the images, on each side.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order: a filter looks at its own group\'s channels alone.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, the kernel is larger than the padded images, or a size is 2³¹ or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv2d(Variable<T> kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv2d.Of("Conv2d", x, kernel, null, 2, stride, padding, dilation, groups);

        /// <inheritdoc cref="Autodiff.Conv2d"/>
        /// <param name="kernel">[out, channels/groups, kh, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The pixels from one output to the next.</param>
        /// <param name="padding">The zeros put around the images, on each side.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order: a filter looks at its own group\'s channels alone.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, the kernel is larger than the padded images, or a size is 2³¹ or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv2d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv2d.Of("Conv2d", x, kernel, bias, 2, stride, padding, dilation, groups);
    }
}
