using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Columns added up where their patches lie in images (col2im): the transpose of <see cref="Unfold2d"/>; what lies outside is left out.</summary>
/// <remarks>Shapes: [batch, channels·kh·kw, patches] → [batch, channels, h, w]; PyTorch's <c>nn.Fold</c>. x̄ is the patches of ȳ. A pixel in several patches gets the sum.</remarks>
public readonly struct Fold2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("overlapping", x => x[0].Fold2d((2, 3), (2, 2)), Sample.Of(1, 8, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Fold2d"/>
        /// <param name="size">The sides of the images.</param>
        /// <param name="window">The sides of a patch.</param>
        /// <param name="stride">The pixels from one patch to the next.</param>
        /// <param name="padding">The pixels that patches may reach over each side.</param>
        /// <param name="dilation">The pixels from one element of a patch to the next.</param>
        /// <exception cref="ShapeException">x is not as many columns as there are patches, of a multiple of their elements.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The window, stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Fold2d((int Height, int Width) size, (int Height, int Width) window, int stride = 1, int padding = 0, int dilation = 1)
        {
            Shape shape = x.Shape;
            int area = Math.Max(1, window.Height * window.Width), channels = shape.Rank == 3 ? shape[1] / area : 0;
            ConvolutionShape g = PatchColumns.Patchwork("Fold2d", Math.Max(1, channels), size, window, stride, padding, dilation);
            if (shape.Rank != 3 || channels == 0 || channels * area != shape[1] || g.Outputs != shape[2])
                throw new ShapeException($"Fold2d: x is {shape}, the window has {area} elements; needs x: [batch, channels·{area}, {g.Outputs}].");
            return Variable<T>.Apply(new PatchColumns(g, true), x);
        }
    }
}
