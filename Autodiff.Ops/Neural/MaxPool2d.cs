using System.Numerics;

namespace Autodiff;

/// <summary>Greatest of each window of an image: y[b, c, r, s] = greatestᵢⱼ x[b, c, r·stride + i, s·stride + j], 0 ≤ i, j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, ⌊(h − window) / stride⌋ + 1, …]; what is left over at the ends is not read.
/// x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient.
/// </remarks>
public readonly struct MaxPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].MaxPool2d(2), Sample.Of(1, 1, 2, 4)) { Selects = true, Spacing = 0.3 },
        new("overlapping", x => x[0].MaxPool2d((3, 2), stride: (1, 1)), Sample.Of(1, 1, 3, 3)) { Selects = true, Spacing = 0.25 },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaxPool2d"/>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> MaxPool2d(int window, int stride = 0) => x.MaxPool2d((window, window), (stride, stride));

        /// <inheritdoc cref="Autodiff.MaxPool2d"/>
        /// <param name="window">The sides of a window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's sides if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> MaxPool2d((int Height, int Width) window, (int Height, int Width) stride = default)
            => MaxPool.Of(x, PoolGeometry.Planes("MaxPool2d", x.Shape, window, stride));
    }
}
