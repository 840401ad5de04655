using System.Numerics;

namespace Autodiff;

/// <summary>Norm of each window of an image: y[b, c, r, s] = (Σᵢⱼ |x[b, c, r·stride + i, s·stride + j]|ᵖ)^(1/p), 0 ≤ i, j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, ⌊(h − window) / stride⌋ + 1, …]; what is left over at the ends is not read. The rest is said at <see cref="LpPool1d"/>.
/// Source: Gulcehre et al., Learned-Norm Pooling (2014), for a fixed p.
/// </remarks>
public readonly struct LpPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("unequal sides", x => x[0].LpPool2d(2, (2, 3), (1, 1)), Sample.In(Domain.NonZero, 1, 2, 3, 4))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LpPool2d"/>
        /// <param name="order">p, from 1 to ∞.</param>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is below 1, the window not positive, or the stride negative.</exception>
        public Variable<T> LpPool2d(double order, int window, int stride = 0) => x.LpPool2d(order, (window, window), (stride, stride));

        /// <inheritdoc cref="Autodiff.LpPool2d"/>
        /// <param name="order">p, from 1 to ∞.</param>
        /// <param name="window">The sides of a window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's sides if left out (0).</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is below 1, the window not positive, or the stride negative.</exception>
        public Variable<T> LpPool2d(double order, (int Height, int Width) window, (int Height, int Width) stride = default)
        {
            PoolGeometry.Order("LpPool2d", order);
            PoolGeometry.Planes("LpPool2d", x.Shape, window, stride);
            Variable<T> y = x.Unfold(2, window.Height, stride.Height == 0 ? window.Height : stride.Height).Unfold(3, window.Width, stride.Width == 0 ? window.Width : stride.Width);
            Shape shape = y.Shape;
            return y.Reshape([shape[0], shape[1], shape[2], shape[3], window.Height * window.Width]).Norm(-1, order);
        }
    }
}
