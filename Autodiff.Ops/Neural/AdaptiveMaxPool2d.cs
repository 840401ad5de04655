using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The greatest of as many windows of an image as are asked for: window i of k over n pixels goes from ⌊i·n/k⌋ up to, not including, ⌈(i + 1)·n/k⌉, in each direction.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels, oh, ow]. x̄ = ȳ added up at the places of the maxima: at ties the first of the window gets all. A NaN wins, in the value and the gradient. Windows overlap where n is no multiple of k.</remarks>
public readonly struct AdaptiveMaxPool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("unequal sides", x => x[0].AdaptiveMaxPool2d((2, 3)), Sample.In(Domain.In((-6, 6)), 1, 1, 3, 4)) { Selects = true, Spacing = 0.4 }];

    internal static Variable<T> Of<T>(Variable<T> x, in EvenWindows windows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape target = [x.Shape[0], x.Shape[1], windows.OutputHeight, windows.OutputWidth];
        IntegerList places = x.Reserve(target.Size);
        windows.Maxima(x.Values, x.Recording!.Attributes.Integers(places.Start, places.Count));
        return PickElements.Of(x, places, target);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AdaptiveMaxPool2d"/>
        /// <param name="size">The sides of the result.</param>
        /// <exception cref="ShapeException">x has not four axes, or no pixels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
        public Variable<T> AdaptiveMaxPool2d((int Height, int Width) size)
            => Autodiff.AdaptiveMaxPool2d.Of(x, Autodiff.AdaptiveAvgPool2d.Windows("AdaptiveMaxPool2d", x.Shape, 2, size.Height, size.Width));

        /// <inheritdoc cref="Autodiff.AdaptiveMaxPool2d"/>
        /// <param name="side">The side of a square result.</param>
        /// <exception cref="ShapeException">x has not four axes, or no pixels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The side is not positive.</exception>
        public Variable<T> AdaptiveMaxPool2d(int side) => x.AdaptiveMaxPool2d((side, side));
    }
}
