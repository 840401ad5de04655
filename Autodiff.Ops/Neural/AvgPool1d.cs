using System.Numerics;

namespace Autodiff;

/// <summary>Mean of each window of a sequence: y[b, c, s] = meanⱼ x[b, c, s·stride + j], 0 ≤ j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, ⌊(w − window) / stride⌋ + 1]; what is left over at the end is not read.
/// Every element gets ȳ divided by the window's size, from each window it is in.
/// </remarks>
public readonly struct AvgPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].AvgPool1d(2), Sample.Of(2, 2, 6)),
        new("overlapping", x => x[0].AvgPool1d(3, stride: 2), Sample.Of(2, 2, 9)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AvgPool1d"/>
        /// <param name="window">The elements of a window.</param>
        /// <param name="stride">The elements from one window to the next; the window's size if left out (0).</param>
        /// <exception cref="ShapeException">x has not three axes, or is shorter than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> AvgPool1d(int window, int stride = 0)
        {
            Shape shape = x.Shape;
            Kernels.PoolShape geometry = PoolGeometry.Rows("AvgPool1d", shape, window, stride);
            return AvgPool.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), geometry).Reshape([shape[0], shape[1], geometry.OutputWidth]);
        }
    }
}
