using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The greatest of as many windows of a sequence as are asked for: window i of k over n elements goes from ⌊i·n/k⌋ up to, not including, ⌈(i + 1)·n/k⌉.</summary>
/// <remarks>Shapes: [batch, channels, w] → [batch, channels, ow]. x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient. Windows overlap where n is no multiple of k.</remarks>
public readonly struct AdaptiveMaxPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("overlapping", x => x[0].AdaptiveMaxPool1d(3), Sample.In(Domain.In((-6, 6)), 1, 2, 5)) { Selects = true, Spacing = 0.4 }];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AdaptiveMaxPool1d"/>
        /// <param name="length">The length of the result.</param>
        /// <exception cref="ShapeException">x has not three axes, or no elements.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
        public Variable<T> AdaptiveMaxPool1d(int length)
        {
            Shape shape = x.Shape;
            EvenWindows windows = Autodiff.AdaptiveAvgPool2d.Windows("AdaptiveMaxPool1d", shape, 1, 1, length);
            return Autodiff.AdaptiveMaxPool2d.Of(x.Reshape([shape[0], shape[1], 1, shape[2]]), windows).Reshape([shape[0], shape[1], length]);
        }
    }
}
