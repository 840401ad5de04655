using System.Numerics;

namespace Autodiff;

/// <summary>The patches of images as columns (im2col): y[b, (c, i, j), (r, s)] = x[b, c, r·stride − padding + i·dilation, s·stride − padding + j·dilation], 0 outside.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels·kh·kw, patches], the patches row by row; PyTorch's <c>nn.Unfold</c>. x̄ is ȳ added up where the patches lie,
/// <see cref="Fold2d"/>. A convolution is a matrix product with these columns. Windows along one axis of any tensor: <see cref="Unfold"/>.
/// </remarks>
public readonly struct Unfold2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("stride and padding", x => x[0].Unfold2d((2, 3), stride: 2, padding: 1), Sample.Of(2, 2, 3, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Unfold2d"/>
        /// <param name="window">The sides of a patch.</param>
        /// <param name="stride">The pixels from one patch to the next.</param>
        /// <param name="padding">The zeros put around the images, on each side.</param>
        /// <param name="dilation">The pixels from one element of a patch to the next.</param>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than a patch.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window, stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Unfold2d((int Height, int Width) window, int stride = 1, int padding = 0, int dilation = 1)
        {
            Shape shape = x.Shape;
            if (shape.Rank != 4) throw new ShapeException($"Unfold2d: x is {shape}; needs x: [batch, channels, h, w].");
            return Variable<T>.Apply(new PatchColumns(PatchColumns.Patchwork("Unfold2d", shape[1], (shape[2], shape[3]), window, stride, padding, dilation), false), x);
        }
    }
}
