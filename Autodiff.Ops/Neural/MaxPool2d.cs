using System.Numerics;

namespace Autodiff;

/// <summary>Greatest of each window of an image: y[b, c, r, s] = greatestᵢⱼ x[b, c, r·stride − padding + i·dilation, s·stride − padding + j·dilation], 0 ≤ i, j &lt; window, of those places that x has.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, ⌊(h + 2·padding − dilation·(window − 1) − 1) / stride⌋ + 1, …]; what is left over at the ends is not read, unless the
/// number is rounded up and a window begins there. Padding is never the greatest, as if it were −∞. Geometry and rules are PyTorch's.
/// x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient.
/// </remarks>
public readonly struct MaxPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("side by side", x => x[0].MaxPool2d(2), Sample.Of(1, 1, 2, 4)) { Selects = true, Spacing = 0.3 },
        new("overlapping", x => x[0].MaxPool2d((3, 2), stride: (1, 1)), Sample.Of(1, 1, 3, 3)) { Selects = true, Spacing = 0.25 },
        new("padded, cut off", x => x[0].MaxPool2d((3, 2), (2, 2), (1, 0), ceilMode: true), Sample.In(Domain.In((-6, 6)), 1, 1, 3, 3)) { Selects = true, Spacing = 0.4 },
    ];

    internal static Variable<T> Of<T>(
        Variable<T> x, (int Height, int Width) window, (int Height, int Width) stride, (int Height, int Width) padding, (int Height, int Width) dilation, bool ceilMode, out IntegerList places)
        where T : unmanaged, IFloatingPointIeee754<T>
        => padding == default && (dilation == default || dilation == (1, 1)) && !ceilMode
            ? MaxPool.Of(x, PoolGeometry.Planes("MaxPool2d", x.Shape, window, stride), out places)
            : MaxPool.Of(x, PoolGeometry.Padded("MaxPool2d", x.Shape, window, stride, padding, dilation, ceilMode), out places);
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaxPool2d"/>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if left out (0).</param>
        /// <param name="padding">The pixels put around the image, on each side; at most half of what a window reaches over.</param>
        /// <param name="dilation">The pixels from one place of a window to the next; 1 if left out (0).</param>
        /// <param name="ceilMode">Whether last windows that begin in x, but do not end there, count.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride or dilation negative, or the padding too large.</exception>
        public Variable<T> MaxPool2d(int window, int stride = 0, int padding = 0, int dilation = 1, bool ceilMode = false)
            => x.MaxPool2d((window, window), (stride, stride), (padding, padding), (dilation, dilation), ceilMode);

        /// <inheritdoc cref="Autodiff.MaxPool2d"/>
        /// <param name="window">The sides of a window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's sides if left out (0).</param>
        /// <param name="padding">The pixels put around the image, on each side; at most half of what a window reaches over.</param>
        /// <param name="dilation">The pixels from one place of a window to the next; 1 if left out (0).</param>
        /// <param name="ceilMode">Whether last windows that begin in x, but do not end there, count.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride or dilation negative, or the padding too large.</exception>
        public Variable<T> MaxPool2d((int Height, int Width) window, (int Height, int Width) stride = default, (int Height, int Width) padding = default, (int Height, int Width) dilation = default, bool ceilMode = false)
            => Autodiff.MaxPool2d.Of(x, window, stride, padding, dilation, ceilMode, out _);

        /// <inheritdoc cref="Autodiff.MaxPool2d"/>
        /// <param name="window">The side of a square window.</param>
        /// <param name="stride">The pixels from one window to the next; the window's side if 0.</param>
        /// <param name="places">Where in its plane each maximum stood, the pixels counted row by row, row-major in the result's shape: for <see cref="MaxUnpool2d"/>. Constants, good until the tape is
        /// reset or rewound.</param>
        /// <param name="padding">The pixels put around the image, on each side; at most half of what a window reaches over.</param>
        /// <param name="dilation">The pixels from one place of a window to the next; 1 if 0.</param>
        /// <param name="ceilMode">Whether last windows that begin in x, but do not end there, count.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window is not positive, the stride or dilation negative, or the padding too large.</exception>
        public Variable<T> MaxPool2d(int window, int stride, out ReadOnlySpan<int> places, int padding = 0, int dilation = 1, bool ceilMode = false)
        {
            Variable<T> y = Autodiff.MaxPool2d.Of(x, (window, window), (stride, stride), (padding, padding), (dilation, dilation), ceilMode, out IntegerList list);
            Shape shape = x.Shape;
            int plane = shape[2] * shape[3];
            IntegerList inPlane = x.Reserve(list.Count);
            ReadOnlySpan<int> all = x.Recording!.Attributes.Integers(list.Start, list.Count);
            Span<int> own = x.Recording!.Attributes.Integers(inPlane.Start, inPlane.Count);
            for (int i = 0; i < own.Length; i++) own[i] = all[i] % plane;
            places = own;
            return y;
        }
    }
}
