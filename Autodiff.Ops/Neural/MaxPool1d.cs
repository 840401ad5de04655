using System.Numerics;

namespace Autodiff;

/// <summary>Greatest of each window of a sequence: y[b, c, s] = greatestⱼ x[b, c, s·stride + j], 0 ≤ j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, ⌊(w − window) / stride⌋ + 1]; what is left over at the end is not read.
/// x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient.
/// </remarks>
public readonly struct MaxPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].MaxPool1d(2), Sample.Of(1, 2, 4)) { Selects = true, Spacing = 0.3 },
        new("overlapping", x => x[0].MaxPool1d(3, stride: 2), Sample.Of(1, 1, 5)) { Selects = true, Spacing = 0.4 },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaxPool1d"/>
        /// <param name="window">The elements of a window.</param>
        /// <param name="stride">The elements from one window to the next; the window's size if left out (0).</param>
        /// <exception cref="ShapeException">x has not three axes, or is shorter than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the stride negative.</exception>
        public Variable<T> MaxPool1d(int window, int stride = 0)
        {
            Shape shape = x.Shape;
            Kernels.PoolShape geometry = PoolGeometry.Rows("MaxPool1d", shape, window, stride);
            return MaxPool.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), geometry).Reshape([shape[0], shape[1], geometry.OutputWidth]);
        }
    }
}
