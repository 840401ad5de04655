using System.Numerics;

namespace Autodiff;

/// <summary>Mean of each window of a sequence: y[b, c, s] = meanⱼ x[b, c, s·stride − padding + j], 0 ≤ j &lt; window, x being 0 outside.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, ⌊(w + 2·padding − window) / stride⌋ + 1]; what is left over at the end is not read, unless the number is rounded up and a
/// window begins there. Every element gets ȳ divided by the window's size, from each window it is in. The zeros of the padding count in the size unless it is said otherwise; what a
/// window has behind the padding never does. Geometry and rules are PyTorch's.
/// </remarks>
public readonly struct AvgPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].AvgPool1d(2), Sample.Of(2, 2, 6)),
        new("overlapping", x => x[0].AvgPool1d(3, stride: 2), Sample.Of(2, 2, 9)),
        new("padded", x => x[0].AvgPool1d(3, stride: 2, padding: 1), Sample.Of(2, 2, 5)),
        new("padding that does not count, cut off", x => x[0].AvgPool1d(4, stride: 3, padding: 2, ceilMode: true, countPadding: false), Sample.Of(1, 2, 6)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AvgPool1d"/>
        /// <param name="window">The elements of a window.</param>
        /// <param name="stride">The elements from one window to the next; the window's size if left out (0).</param>
        /// <param name="padding">The zeros put in front and behind; at most half the window.</param>
        /// <param name="ceilMode">Whether a last window that begins in x, but does not end there, counts.</param>
        /// <param name="countPadding">Whether a mean divides by the padding's zeros, too.</param>
        /// <exception cref="ShapeException">x has not three axes, or is shorter than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride negative, or the padding too large.</exception>
        public Variable<T> AvgPool1d(int window, int stride = 0, int padding = 0, bool ceilMode = false, bool countPadding = true)
        {
            Shape shape = x.Shape;
            if (padding != 0 || ceilMode)
            {
                PoolGeometry.RequireRank("AvgPool1d", shape, 1);
                Kernels.PaddedAxis columns = PoolGeometry.Padded("AvgPool1d", shape, shape[2], window, stride, padding, 1, ceilMode);
                var means = new PaddedMeans(new Kernels.PaddedWindows(new(1, 1, 1, 0, 1, 1), columns), countPadding, false);
                return Variable<T>.Apply(means, x.Reshape([shape[0], shape[1], 1, shape[2]])).Reshape([shape[0], shape[1], columns.Count]);
            }

            Kernels.PoolShape geometry = PoolGeometry.Rows("AvgPool1d", shape, window, stride);
            return AvgPool.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), geometry).Reshape([shape[0], shape[1], geometry.OutputWidth]);
        }
    }
}
