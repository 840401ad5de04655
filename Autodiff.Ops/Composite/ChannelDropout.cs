using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Dropout of whole channels: y = x·m / (1 − rate), m being 0 with probability <c>rate</c>, else 1, one draw for each channel of each element of the batch.</summary>
/// <remarks>
/// Shapes: [batch, channels, ...] → x's. x̄ = ȳ·m / (1 − rate). The mask is drawn while recording and is a constant of the tape. For training only: rate 0 gives x itself and draws nothing.
/// Neighbouring pixels say much the same, so that dropping single ones drops little. Source: Tompson et al., Efficient Object Localization (2015); PyTorch's Dropout1d and Dropout2d.
/// </remarks>
public readonly struct ChannelDropout : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("the same mask each time", x => x[0].ChannelDropout(0.4, new Random(1)), Sample.Of(2, 3, 2, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.ChannelDropout"/>
        /// <param name="rate">The probability that a channel is dropped, in [0, 1).</param>
        /// <param name="random">Where the mask is drawn from.</param>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        public Variable<T> ChannelDropout(double rate, Random random)
        {
            ArgumentNullException.ThrowIfNull(random);
            Shape shape = x.Shape;
            if (!(rate >= 0 && rate < 1))
                throw new ArgumentOutOfRangeException(nameof(rate), string.Create(CultureInfo.InvariantCulture, $"ChannelDropout: rate is {rate}; needs a number from 0 up to, not including, 1."));
            if (shape.Rank < 2) throw new ShapeException($"ChannelDropout: x is {shape}; needs x: [batch, channels, ...].");
            if (rate == 0) return x;
            int count = shape[0] * shape[1];
            T kept = T.CreateChecked(1 / (1 - rate));
            T[] rented = ArrayPool<T>.Shared.Rent(count);
            Span<T> mask = rented.AsSpan(0, count);
            foreach (ref T m in mask) m = random.NextDouble() < rate ? T.Zero : kept;
            Span<int> lengths = stackalloc int[shape.Rank];
            lengths.Fill(1);
            (lengths[0], lengths[1]) = (shape[0], shape[1]);
            Variable<T> y = x * x.Recording!.Tape.Constant(mask, lengths);
            ArrayPool<T>.Shared.Return(rented);
            return y;
        }
    }
}
