using System.Numerics;

namespace Autodiff;

/// <summary>Channels of g groups dealt out in turn: y[b, i·g + k, …] = x[b, k·(c/g) + i, …].</summary>
/// <remarks>Shapes: [batch, c, ...] → x's. x̄ = ȳ put back. What grouped convolutions keep apart meets so. Source: Zhang, Zhou, Lin and Sun, ShuffleNet (2018).</remarks>
public readonly struct ChannelShuffle : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].ChannelShuffle(2), Sample.Of(2, 6, 1, 2)),
        new("rows", x => x[0].ChannelShuffle(3), Sample.Of(2, 6)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.ChannelShuffle"/>
        /// <param name="groups">g.</param>
        /// <exception cref="ShapeException">x has fewer than two axes, or g does not divide the channels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">g is not positive.</exception>
        public Variable<T> ChannelShuffle(int groups)
        {
            Shape shape = x.Shape;
            if (groups < 1) throw new ArgumentOutOfRangeException(nameof(groups), $"ChannelShuffle: groups is {groups}; needs a positive number.");
            if (shape.Rank < 2 || shape[1] % groups != 0) throw new ShapeException($"ChannelShuffle: x is {shape}, groups is {groups}; needs [batch, c, ...] with {groups} dividing the channels.");
            int inner = shape.Around(1).Inner;
            return x.Reshape([shape[0], groups, shape[1] / groups, inner]).Permute([0, 2, 1, 3]).Reshape(shape);
        }
    }
}
