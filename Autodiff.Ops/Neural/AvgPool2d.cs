using System.Numerics;

namespace Autodiff;

/// <summary>Mean of each window of an image: y[b, c, r, s] = meanᵢⱼ x[b, c, r·stride − padding + i, s·stride − padding + j], 0 ≤ i, j &lt; window, x being 0 outside.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, ⌊(h + 2·padding − window) / stride⌋ + 1, …]; what is left over at the ends is not read, unless the number is rounded up and a
/// window begins there. Every element gets ȳ divided by the window's size, from each window it is in. The zeros of the padding count in the size unless it is said otherwise; what a
/// window has behind the padding never does. Geometry and rules are PyTorch's.
/// </remarks>
public readonly struct AvgPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].AvgPool2d(2), Sample.Of(2, 2, 5, 4)),
        new("overlapping", x => x[0].AvgPool2d((3, 2), stride: (1, 1)), Sample.Of(1, 2, 4, 4)),
        new("padded", x => x[0].AvgPool2d(3, stride: 2, padding: 1), Sample.Of(1, 2, 4, 5)),
        new("padding that does not count, cut off", x => x[0].AvgPool2d((2, 3), (2, 2), (1, 1), ceilMode: true, countPadding: false), Sample.Of(1, 2, 3, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AvgPool2d"/>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if left out (0).</param>
        /// <param name="padding">The zeros put around the image, on each side; at most half the window.</param>
        /// <param name="ceilMode">Whether last windows that begin in x, but do not end there, count.</param>
        /// <param name="countPadding">Whether a mean divides by the padding's zeros, too.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride negative, or the padding too large.</exception>
        public Variable<T> AvgPool2d(int window, int stride = 0, int padding = 0, bool ceilMode = false, bool countPadding = true)
            => x.AvgPool2d((window, window), (stride, stride), (padding, padding), ceilMode, countPadding);

        /// <inheritdoc cref="Autodiff.AvgPool2d"/>
        /// <param name="window">The sides of a window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's sides if left out (0).</param>
        /// <param name="padding">The zeros put around the image, on each side; at most half the window.</param>
        /// <param name="ceilMode">Whether last windows that begin in x, but do not end there, count.</param>
        /// <param name="countPadding">Whether a mean divides by the padding's zeros, too.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride negative, or the padding too large.</exception>
        public Variable<T> AvgPool2d((int Height, int Width) window, (int Height, int Width) stride = default, (int Height, int Width) padding = default, bool ceilMode = false, bool countPadding = true)
        {
            if (padding == default && !ceilMode) return AvgPool.Of(x, PoolGeometry.Planes("AvgPool2d", x.Shape, window, stride));
            return Variable<T>.Apply(new PaddedMeans(PoolGeometry.Padded("AvgPool2d", x.Shape, window, stride, padding, (1, 1), ceilMode), countPadding, false), x);
        }
    }
}
