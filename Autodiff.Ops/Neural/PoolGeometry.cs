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

    private static void Require(string op, string name, int value)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {value}; needs 1 or more (a stride may be left out).");
    }
}
