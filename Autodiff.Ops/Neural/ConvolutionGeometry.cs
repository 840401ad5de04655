using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The checks that all convolutions share.</summary>
internal static class ConvolutionGeometry
{
    /// <summary>The geometry of a convolution over one axis of [batch, channels, w] or two of [batch, channels, h, w].</summary>
    public static ConvolutionShape Of(string op, in Shape x, in Shape kernel, int axes, int stride, int padding, int dilation, int groups)
    {
        Require(op, nameof(stride), stride, 1);
        Require(op, nameof(padding), padding, 0);
        Require(op, nameof(dilation), dilation, 1);
        Require(op, nameof(groups), groups, 1);
        if (x.Rank != axes + 2 || kernel.Rank != axes + 2 || kernel[-1] == 0 || kernel[-axes] == 0) throw Misfit(op, axes, groups, x, kernel);
        if (x[1] % groups != 0 || kernel[0] % groups != 0 || x[1] / groups != kernel[1]) throw Misfit(op, axes, groups, x, kernel);
        ConvolutionShape g = axes == 1
            ? new(x[1], 1, x[2], 1, kernel[2], 1, stride, 0, padding, 1, dilation, groups)
            : new(x[1], x[2], x[3], kernel[2], kernel[3], stride, stride, padding, padding, dilation, dilation, groups);
        if (g.OutputCount == 0) throw Misfit(op, axes, groups, x, kernel);
        // the kernels count the elements of an image and its output without a batch, which a batch of 0 does not bound
        if (g.OutputCount * Math.Max(1, kernel[0]) * Math.Max(1, x[0]) > int.MaxValue || (double)x[1] * (axes == 1 ? 1 : x[2]) * x[-1] > int.MaxValue)
            throw new ShapeException($"{op}: x is {x}, the kernel {kernel}, the padding {padding}, the stride {stride}; needs images and outputs of fewer than 2^31 elements.");
        return g;
    }

    private static void Require(string op, string name, int value, int least)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs {least} or more.");
    }

    private static ShapeException Misfit(string op, int axes, int groups, in Shape x, in Shape kernel)
    {
        (string size, string window) = axes == 1 ? ("w", "kw") : ("h, w", "kh, kw");
        string channels = groups == 1 ? "channels" : "channels/groups";
        string divisible = groups == 1 ? "" : $", channels and out divisible by the {groups} groups";
        return new ShapeException(
            $"{op}: x is {x}, the kernel {kernel}; needs x: [batch, channels, {size}], kernel: [out, {channels}, {window}] that fits into the padded x{divisible}.");
    }
}
