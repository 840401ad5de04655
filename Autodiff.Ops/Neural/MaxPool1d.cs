using System.Numerics;

namespace Autodiff;

/// <summary>Greatest of each window of a sequence: y[b, c, s] = greatestⱼ x[b, c, s·stride − padding + j·dilation], 0 ≤ j &lt; window, of those places that x has.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, ⌊(w + 2·padding − dilation·(window − 1) − 1) / stride⌋ + 1]; what is left over at the end is not read, unless the number is
/// rounded up and a window begins there. Padding is never the greatest, as if it were −∞. Geometry and rules are PyTorch's.
/// x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient.
/// </remarks>
public readonly struct MaxPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].MaxPool1d(2), Sample.Of(1, 2, 4)) { Selects = true, Spacing = 0.3 },
        new("overlapping", x => x[0].MaxPool1d(3, stride: 2), Sample.Of(1, 1, 5)) { Selects = true, Spacing = 0.4 },
        new("padded and dilated", x => x[0].MaxPool1d(3, 2, padding: 2, dilation: 2), Sample.In(Domain.In((-6, 6)), 1, 2, 5)) { Selects = true, Spacing = 0.4 },
        new("cut off at the end", x => x[0].MaxPool1d(2, ceilMode: true), Sample.Of(1, 1, 5)) { Selects = true, Spacing = 0.4 },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaxPool1d"/>
        /// <param name="window">The elements of a window.</param>
        /// <param name="stride">The elements from one window to the next; the window's size if left out (0).</param>
        /// <param name="padding">The places put in front and behind; at most half of what a window reaches over.</param>
        /// <param name="dilation">The elements from one place of a window to the next.</param>
        /// <param name="ceilMode">Whether a last window that begins in x, but does not end there, counts.</param>
        /// <exception cref="ShapeException">x has not three axes, or is shorter than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window or dilation is not positive, the stride negative, or the padding too large.</exception>
        public Variable<T> MaxPool1d(int window, int stride = 0, int padding = 0, int dilation = 1, bool ceilMode = false)
        {
            Shape shape = x.Shape;
            if (padding != 0 || dilation != 1 || ceilMode)
            {
                PoolGeometry.RequireRank("MaxPool1d", shape, 1);
                Kernels.PaddedAxis columns = PoolGeometry.Padded("MaxPool1d", shape, shape[2], window, stride, padding, dilation, ceilMode);
                return MaxPool.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), new Kernels.PaddedWindows(new(1, 1, 1, 0, 1, 1), columns), out _).Reshape([shape[0], shape[1], columns.Count]);
            }

            Kernels.PoolShape geometry = PoolGeometry.Rows("MaxPool1d", shape, window, stride);
            return MaxPool.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), geometry).Reshape([shape[0], shape[1], geometry.OutputWidth]);
        }
    }
}
