using System.Globalization;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The checks that all pooling shares.</summary>
internal static class PoolGeometry
{
    /// <summary>The geometry of pooling [batch, channels, h, w]; a stride of 0 is the window.</summary>
    public static PoolShape Planes(string op, in Shape x, (int Height, int Width) window, (int Height, int Width) stride)
    {
        if (stride.Height == 0) stride.Height = window.Height;
        if (stride.Width == 0) stride.Width = window.Width;
        Require(op, nameof(window), Math.Min(window.Height, window.Width));
        Require(op, nameof(stride), Math.Min(stride.Height, stride.Width));
        if (x.Rank != 4 || x[2] < window.Height || x[3] < window.Width)
            throw new ShapeException($"{op}: x is {x}, the window [{window.Height}, {window.Width}]; needs x: [batch, channels, h, w], h and w at least the window's.");
        return new PoolShape(x[0] * x[1], x[2], x[3], window.Height, window.Width, stride.Height, stride.Width);
    }

    /// <summary>The same of [batch, channels, w], as planes of height 1.</summary>
    public static PoolShape Rows(string op, in Shape x, int window, int stride)
    {
        if (stride == 0) stride = window;
        Require(op, nameof(window), window);
        Require(op, nameof(stride), stride);
        if (x.Rank != 3 || x[2] < window)
            throw new ShapeException($"{op}: x is {x}, the window {window}; needs x: [batch, channels, w], w at least the window.");
        return new PoolShape(x[0] * x[1], 1, x[2], 1, window, 1, stride);
    }

    /// <summary>The order of a norm of windows.</summary>
    public static void Order(string op, double order)
    {
        if (!(order >= 1)) throw new ArgumentOutOfRangeException(nameof(order), string.Create(CultureInfo.InvariantCulture, $"{op}: order is {order}; needs a number from 1 to ∞."));
    }

    /// <summary>Windows along one axis with padding, dilation or one that is cut off at the end, and their number.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="x">What is pooled.</param>
    /// <param name="length">The length of the axis.</param>
    /// <param name="window">The elements of a window.</param>
    /// <param name="stride">From one window to the next; 0 is the window.</param>
    /// <param name="padding">What is put on each side.</param>
    /// <param name="dilation">From one element of a window to the next; 0 is 1.</param>
    /// <param name="ceilMode">Whether the number is rounded up: a last window that begins in x or in front of it is cut off.</param>
    public static PaddedAxis Padded(string op, in Shape x, int length, int window, int stride, int padding, int dilation, bool ceilMode)
    {
        if (stride == 0) stride = window;
        if (dilation == 0) dilation = 1;
        Require(op, nameof(window), window);
        Require(op, nameof(stride), stride);
        Require(op, nameof(dilation), dilation);

        // so that every window reaches into x; PyTorch's rule, too
        long reach = ((window - 1L) * dilation) + 1, rest = length + (2L * padding) - reach;
        if (padding < 0 || padding > reach / 2)
            throw new ArgumentOutOfRangeException(nameof(padding), $"{op}: padding is {padding}, the window reaches over {reach}; needs 0 to {reach / 2}.");
        if (rest < 0 || length == 0 || rest + stride > int.MaxValue)
            throw new ShapeException($"{op}: x is {x}, the window reaches over {reach}, the padding is {padding}; needs a window that fits into the padded x, of fewer than 2^31 elements.");
        int count = (int)((ceilMode ? rest + stride - 1 : rest) / stride) + 1;
        if (ceilMode && (count - 1L) * stride >= (long)length + padding) count--;
        var axis = new PaddedAxis(length, window, stride, padding, dilation, count);

        // the elements of a window may all stand in the padding if they stand apart
        for (int i = 0; dilation > 1 && i < count; i++)
            if (axis.Inside(i).Count <= 0)
                throw new ShapeException($"{op}: x is {x}, the window {window}, the padding {padding}, the dilation {dilation}; needs an element of x in every window, window {i} has none.");
        return axis;
    }

    /// <summary>The same along both axes of [batch, channels, h, w].</summary>
    public static PaddedWindows Padded(
        string op, in Shape x, (int Height, int Width) window, (int Height, int Width) stride, (int Height, int Width) padding, (int Height, int Width) dilation, bool ceilMode)
    {
        RequireRank(op, x, 2);
        return new PaddedWindows(
            Padded(op, x, x[2], window.Height, stride.Height, padding.Height, dilation.Height, ceilMode),
            Padded(op, x, x[3], window.Width, stride.Width, padding.Width, dilation.Width, ceilMode));
    }

    /// <summary>The rank of what is pooled, before its lengths are read.</summary>
    public static void RequireRank(string op, in Shape x, int axes)
    {
        if (x.Rank != axes + 2) throw new ShapeException($"{op}: x is {x}; needs x: [batch, channels, {(axes == 1 ? "w" : "h, w")}].");
    }

    private static void Require(string op, string name, int value)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs 1 or more (a stride may be left out).");
    }
}
