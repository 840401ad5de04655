using System.Numerics;

namespace Autodiff;

/// <summary>Places laid out as channels, the inverse of <see cref="PixelShuffle"/>: y[b, c·r² + i·r + j, h, w] = x[b, c, h·r + i, w·r + j].</summary>
/// <remarks>Shapes: [..., c, h·r, w·r] → [..., c·r², h, w]. x̄ = ȳ put back. PyTorch's pixel_unshuffle.</remarks>
public readonly struct PixelUnshuffle : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].PixelUnshuffle(2), Sample.Of(2, 2, 4, 2)),
        new("one picture", x => x[0].PixelUnshuffle(3), Sample.Of(1, 3, 6)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.PixelUnshuffle"/>
        /// <param name="factor">r.</param>
        /// <exception cref="ShapeException">x has fewer than three axes, or r does not divide the sides.</exception>
        /// <exception cref="ArgumentOutOfRangeException">r is not positive.</exception>
        public Variable<T> PixelUnshuffle(int factor)
        {
            Shape shape = x.Shape;
            if (factor < 1) throw new ArgumentOutOfRangeException(nameof(factor), $"PixelUnshuffle: factor is {factor}; needs a positive number.");
            if (shape.Rank < 3 || shape[-2] % factor != 0 || shape[-1] % factor != 0)
                throw new ShapeException($"PixelUnshuffle: x is {shape}, factor is {factor}; needs [..., c, h, w] with {factor} dividing h and w.");
            int channels = shape[-3], h = shape[-2] / factor, w = shape[-1] / factor, batch = 1, rank = shape.Rank;
            for (int i = 0; i < rank - 3; i++) batch *= shape[i];
            Variable<T> y = x.Reshape([batch, channels, h, factor, w, factor]).Permute([0, 1, 3, 5, 2, 4]);
            return y.Reshape(shape.With(rank - 2, h).With(rank - 1, w).With(rank - 3, checked(channels * factor * factor)));
        }
    }
}
