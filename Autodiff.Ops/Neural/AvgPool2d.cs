using System.Numerics;

namespace Autodiff;

/// <summary>Mean of each window of an image: y[b, c, r, s] = meanᵢⱼ x[b, c, r·stride + i, s·stride + j], 0 ≤ i, j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, ⌊(h − window) / stride⌋ + 1, …]; what is left over at the ends is not read.
/// Every element gets ȳ divided by the window's size, from each window it is in.
/// </remarks>
public readonly struct AvgPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].AvgPool2d(2), Sample.Of(2, 2, 5, 4)),
        new("overlapping", x => x[0].AvgPool2d((3, 2), stride: (1, 1)), Sample.Of(1, 2, 4, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AvgPool2d"/>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> AvgPool2d(int window, int stride = 0) => x.AvgPool2d((window, window), (stride, stride));

        /// <inheritdoc cref="Autodiff.AvgPool2d"/>
        /// <param name="window">The sides of a window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's sides if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> AvgPool2d((int Height, int Width) window, (int Height, int Width) stride = default)
            => AvgPool.Of(x, PoolGeometry.Planes("AvgPool2d", x.Shape, window, stride));
    }
}
