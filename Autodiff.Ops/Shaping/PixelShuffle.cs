using System.Numerics;

namespace Autodiff;

/// <summary>Channels laid out as places: y[b, c, h·r + i, w·r + j] = x[b, c·r² + i·r + j, h, w].</summary>
/// <remarks>Shapes: [..., c·r², h, w] → [..., c, h·r, w·r]. x̄ = ȳ put back. Source: Shi et al., Real-Time Super-Resolution (2016); PyTorch's pixel_shuffle.</remarks>
public readonly struct PixelShuffle : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].PixelShuffle(2), Sample.Of(2, 8, 2, 3)),
        new("one picture", x => x[0].PixelShuffle(3), Sample.Of(9, 1, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.PixelShuffle"/>
        /// <param name="factor">r.</param>
        /// <exception cref="ShapeException">x has fewer than three axes, or r² does not divide the channels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">r is not positive.</exception>
        public Variable<T> PixelShuffle(int factor)
        {
            Shape shape = x.Shape;
            if (factor < 1) throw new ArgumentOutOfRangeException(nameof(factor), $"PixelShuffle: factor is {factor}; needs a positive number.");
            if (shape.Rank < 3 || shape[-3] % ((long)factor * factor) != 0)
                throw new ShapeException($"PixelShuffle: x is {shape}, factor is {factor}; needs [..., c, h, w] with {(long)factor * factor} dividing the channels.");
            int channels = shape[-3] / factor / factor, h = shape[-2], w = shape[-1], batch = 1, rank = shape.Rank;
            for (int i = 0; i < rank - 3; i++) batch *= shape[i];
            Variable<T> y = x.Reshape([batch, channels, factor, factor, h, w]).Permute([0, 1, 4, 2, 5, 3]);
            return y.Reshape(shape.With(rank - 3, channels).With(rank - 2, h * factor).With(rank - 1, w * factor));
        }
    }
}
