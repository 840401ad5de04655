using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Means of as many windows of an image as are asked for: window i of k over n pixels goes from ⌊i·n/k⌋ up to, not including, ⌈(i + 1)·n/k⌉, in each direction.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels, oh, ow]. Every element gets ȳ divided by the window's size, from each window it is in; windows overlap where n is no multiple of k.</remarks>
public readonly struct AdaptiveAvgPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("unequal sides", x => x[0].AdaptiveAvgPool2d((2, 3)), Sample.Of(1, 2, 3, 4))];

    internal static Variable<T> Of<T>(Variable<T> x, in EvenWindows windows) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new WindowMeans(windows, false), x);

    /// <summary>The windows, checked, over one axis or two.</summary>
    internal static EvenWindows Windows(string op, in Shape x, int axes, int height, int width)
    {
        if (height < 1 || width < 1) throw new ArgumentOutOfRangeException(nameof(width), $"{op}: the size is {(axes == 1 ? width : $"[{height}, {width}]")}; needs 1 or more.");
        if (x.Rank != axes + 2 || x[-1] == 0 || x[-axes] == 0)
            throw new ShapeException($"{op}: x is {x}; needs x: [batch, channels, {(axes == 1 ? "w" : "h, w")}] with elements to pool.");
        return new EvenWindows(axes == 1 ? 1 : x[2], x[-1], height, width);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AdaptiveAvgPool2d"/>
        /// <param name="size">The sides of the result.</param>
        /// <exception cref="ShapeException">x has not four axes, or no pixels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
        public Variable<T> AdaptiveAvgPool2d((int Height, int Width) size)
            => Autodiff.AdaptiveAvgPool2d.Of(x, Autodiff.AdaptiveAvgPool2d.Windows("AdaptiveAvgPool2d", x.Shape, 2, size.Height, size.Width));

        /// <inheritdoc cref="Autodiff.AdaptiveAvgPool2d"/>
        /// <param name="side">The side of a square result.</param>
        /// <exception cref="ShapeException">x has not four axes, or no pixels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The side is not positive.</exception>
        public Variable<T> AdaptiveAvgPool2d(int side) => x.AdaptiveAvgPool2d((side, side));
    }
}
