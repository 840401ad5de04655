using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Dropout: y = x·m / (1 − rate), each mᵢ being 0 with probability <c>rate</c>, else 1; so that the expectation is x.</summary>
/// <remarks>
/// Shapes: x's. x̄ = ȳ·m / (1 − rate). The mask is drawn while recording and is a constant of the tape. For training only: leave it out, or give rate 0
/// (which gives x itself and draws nothing), when the model is used.
/// Source: Srivastava et al., Dropout, JMLR 15 (2014), in the inverted form.
/// </remarks>
public readonly struct Dropout : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("the same mask each time", x => x[0].Dropout(0.4, new Random(1)), Sample.Of(4, 5))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Dropout"/>
        /// <param name="rate">The probability that an element is dropped, in [0, 1).</param>
        /// <param name="random">Where the mask is drawn from.</param>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        public Variable<T> Dropout(double rate, Random random)
        {
            ArgumentNullException.ThrowIfNull(random);
            if (!(rate >= 0 && rate < 1))
                throw new ArgumentOutOfRangeException(nameof(rate), string.Create(CultureInfo.InvariantCulture, $"Dropout: rate is {rate}; needs a number from 0 up to, not including, 1."));
            if (rate == 0 || x.Recording is not { } recording) return x;
            int size = x.Size;
            T kept = T.CreateChecked(1 / (1 - rate));
            T[] rented = ArrayPool<T>.Shared.Rent(size);
            Span<T> mask = rented.AsSpan(0, size);
            foreach (ref T m in mask) m = random.NextDouble() < rate ? T.Zero : kept;
            Variable<T> y = x * recording.Tape.Constant(mask, x.Shape);
            ArrayPool<T>.Shared.Return(rented);
            return y;
        }
    }
}
