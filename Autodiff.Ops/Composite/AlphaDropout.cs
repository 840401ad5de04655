using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Dropout that keeps mean 0 and variance 1, for <see cref="Selu"/>: y = a·(x·m + α'·(1 − m)) + b, each mᵢ being 0 with probability <c>rate</c>, else 1.</summary>
/// <remarks>
/// Shapes: x's. α' = −1.7580993408473766 is where selu ends at −∞; a = ((1 − rate)·(1 + rate·α'²))^(−½), b = −a·rate·α'. x̄ = a·ȳ·m. The mask is drawn while recording and is a constant of
/// the tape. For training only: rate 0 gives x itself and draws nothing. Source: Klambauer et al., Self-Normalizing Neural Networks (2017).
/// </remarks>
public readonly struct AlphaDropout : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("the same mask each time", x => x[0].AlphaDropout(0.4, new Random(1)), Sample.Of(4, 5))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AlphaDropout"/>
        /// <param name="rate">The probability that an element is dropped, in [0, 1).</param>
        /// <param name="random">Where the mask is drawn from.</param>
        /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
        public Variable<T> AlphaDropout(double rate, Random random)
        {
            ArgumentNullException.ThrowIfNull(random);
            if (!(rate >= 0 && rate < 1))
                throw new ArgumentOutOfRangeException(nameof(rate), string.Create(CultureInfo.InvariantCulture, $"AlphaDropout: rate is {rate}; needs a number from 0 up to, not including, 1."));
            if (rate == 0 || x.Recording is not { } recording) return x;

            // −λ·α of selu
            const double lost = -1.7580993408473766;
            double a = 1 / Math.Sqrt((1 - rate) * (1 + (rate * lost * lost))), b = -a * rate * lost;
            int size = x.Size;
            T[] rented = ArrayPool<T>.Shared.Rent(Math.Max(1, 2 * size));
            Span<T> factors = rented.AsSpan(0, size), shifts = rented.AsSpan(size, size);
            for (int i = 0; i < size; i++)
                (factors[i], shifts[i]) = random.NextDouble() < rate ? (T.Zero, T.CreateTruncating((a * lost) + b)) : (T.CreateTruncating(a), T.CreateTruncating(b));
            Variable<T> y = (x * recording.Tape.Constant(factors, x.Shape)) + recording.Tape.Constant(shifts, x.Shape);
            ArrayPool<T>.Shared.Return(rented);
            return y;
        }
    }
}
