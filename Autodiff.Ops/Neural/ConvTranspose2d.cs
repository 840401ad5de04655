using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Transposed convolution of images: every pixel puts its multiple of the kernel into the result,
/// y[b, o, r·stride − padding + i·dilation, s·stride − padding + j·dilation] = biasₒ + Σ x[b, c, r, s]·kernel[c, o, i, j].
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], kernel [channels, out/groups, kh, kw], bias [out] → [batch, out, oh, ow] with
/// oh = (h − 1)·stride − 2·padding + dilation·(kh − 1) + outputPadding + 1, as in PyTorch. It is the derivative of <see cref="Conv2d"/> by its images, so that it leads from
/// the shape of its results back to theirs. The derivatives are convolutions, too; they exist to any order. Source: Zeiler, Krishnan, Taylor and Fergus (2010).
/// </remarks>
public readonly struct ConvTranspose2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("all of it", x => x[0].ConvTranspose2d(x[1], x[2], stride: 2, padding: 1, outputPadding: 1, groups: 2), Sample.Of(1, 2, 2, 2), Sample.Of(2, 2, 3, 2), Sample.Of(4)),
    ];

    /// <summary>The operation over one or two axes, checked; the bias may be left out.</summary>
    internal static Variable<T> Of<T>(string op, Variable<T> x, Variable<T> kernel, Variable<T>? bias, int axes, int stride, int padding, int outputPadding, int dilation, int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sx = x.Shape, sk = kernel.Shape;
        Require(op, nameof(stride), stride, 1);
        Require(op, nameof(padding), padding, 0);
        Require(op, nameof(dilation), dilation, 1);
        Require(op, nameof(groups), groups, 1);
        if (outputPadding < 0 || outputPadding >= stride)
            throw new ArgumentOutOfRangeException(nameof(outputPadding), $"{op}: outputPadding is {outputPadding}, the stride {stride}; needs 0 or more, and less than the stride.");
        (string size, string window) = axes == 1 ? ("w", "kw") : ("h, w", "kh, kw");
        if (sx.Rank != axes + 2 || sk.Rank != axes + 2 || sk[0] != sx[1] || sk[0] % groups != 0 || sk[1] == 0)
            throw new ShapeException($"{op}: x is {sx}, the kernel {sk}, groups is {groups}; needs x: [batch, channels, {size}], kernel: [channels, out/groups, {window}], channels divisible by the groups.");
        long height = axes == 1 ? 1 : Length(sx[-2], sk[-2]), width = Length(sx[-1], sk[-1]);
        if (height < 1 || width < 1 || (double)sx[0] * sk[1] * groups * height * width > int.MaxValue)
            throw new ShapeException($"{op}: x is {sx}, the kernel {sk}, the padding {padding}; needs a result with pixels, and fewer than 2^31 of them.");
        int o = sk[1] * groups;
        if (bias is { } b && (b.Shape.Rank != 1 || b.Shape[0] != o)) throw new ShapeException($"{op}: the bias is {b.Shape}, the kernel {sk}; needs bias: [{o}].");
        ConvolutionShape g = axes == 1
            ? new(o, 1, (int)width, 1, sk[2], 1, stride, 0, padding, 1, dilation, groups)
            : new(o, (int)height, (int)width, sk[2], sk[3], stride, stride, padding, padding, dilation, dilation, groups);
        if (axes == 1)
        {
            x = x.Reshape([sx[0], sx[1], 1, sx[2]]);
            kernel = kernel.Reshape([sk[0], sk[1], 1, sk[2]]);
        }

        Variable<T> y = ConvolutionInput.Of(x, kernel, g);
        if (bias is { } given) y += given.Reshape([o, 1, 1]);
        return axes == 1 ? y.Reshape([sx[0], o, (int)width]) : y;

        long Length(int n, int k) => ((n - 1L) * stride) - (2L * padding) + ((long)dilation * (k - 1L)) + outputPadding + 1;
    }

    private static void Require(string op, string name, int value, int least)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs {least} or more.");
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.ConvTranspose2d"/>
        /// <param name="kernel">[channels, out/groups, kh, kw].</param>
        /// <param name="stride">The pixels of the result from one element of x to the next.</param>
        /// <param name="padding">What is cut off the result, on each side.</param>
        /// <param name="outputPadding">What the result is longer at its end; less than the stride.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and results fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the result has no pixels or too many.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is too small, or outputPadding not less than the stride.</exception>
        public Variable<T> ConvTranspose2d(Variable<T> kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1)
            => Autodiff.ConvTranspose2d.Of("ConvTranspose2d", x, kernel, null, 2, stride, padding, outputPadding, dilation, groups);

        /// <inheritdoc cref="Autodiff.ConvTranspose2d"/>
        /// <param name="kernel">[channels, out/groups, kh, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The pixels of the result from one element of x to the next.</param>
        /// <param name="padding">What is cut off the result, on each side.</param>
        /// <param name="outputPadding">What the result is longer at its end; less than the stride.</param>
        /// <param name="dilation">The pixels from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and results fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the result has no pixels or too many.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is too small, or outputPadding not less than the stride.</exception>
        public Variable<T> ConvTranspose2d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1)
            => Autodiff.ConvTranspose2d.Of("ConvTranspose2d", x, kernel, bias, 2, stride, padding, outputPadding, dilation, groups);
    }
}
