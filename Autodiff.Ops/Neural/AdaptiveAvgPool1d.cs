using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Means of as many windows of a sequence as are asked for: window i of k over n elements goes from ⌊i·n/k⌋ up to, not including, ⌈(i + 1)·n/k⌉.</summary>
/// <remarks>Shapes: [batch, channels, w] → [batch, channels, ow]. Every element gets ȳ divided by the window's size, from each window it is in; windows overlap where n is no multiple of k.</remarks>
public readonly struct AdaptiveAvgPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("overlapping", x => x[0].AdaptiveAvgPool1d(3), Sample.Of(1, 2, 5))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AdaptiveAvgPool1d"/>
        /// <param name="length">The length of the result.</param>
        /// <exception cref="ShapeException">x has not three axes, or no elements.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
        public Variable<T> AdaptiveAvgPool1d(int length)
        {
            Shape shape = x.Shape;
            EvenWindows windows = Autodiff.AdaptiveAvgPool2d.Windows("AdaptiveAvgPool1d", shape, 1, 1, length);
            return Autodiff.AdaptiveAvgPool2d.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), windows).Reshape([shape[0], shape[1], length]);
        }
    }
}
