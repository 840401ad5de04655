using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>
/// Cross entropy with class weights w, an ignored label and label smoothing s: the mean over the rows, weighted by w[labelᵢ], of −Σ_c q_c·ln softmax(xᵢ)_c, with
/// q_c = w_c·((1 − s)·[c = labelᵢ] + s/classes).
/// </summary>
/// <remarks>
/// Shapes: logits [n, classes], n labels → a scalar: Σᵢ lossᵢ / Σᵢ w[labelᵢ], as in PyTorch. x̄ᵢ = (softmax(xᵢ)·Σ q − q) / Σ w. Ignored rows are not read: their gradient is
/// 0 whatever they hold. A logit of −∞ excludes its class; the loss is ∞ if q_c is not 0 there, which smoothing makes of it everywhere. NaN gives NaN. The mean of
/// nothing is NaN.
/// </remarks>
public readonly struct WeightedCrossEntropy : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("an ignored label", x => x[0].CrossEntropy([2, -100, 0, 1], ignored: -100), Sample.Of(4, 3)),
        new("smoothing", x => x[0].CrossEntropy([2, 0, 1], smoothing: 0.2), Sample.Of(3, 3)),
        new("weights", x => x[0].CrossEntropy([2, 0, 0, 1], [T.One, T.CreateTruncating(2), T.CreateTruncating(0.5)]), Sample.Of(4, 3)),
        new("all of it", x => x[0].CrossEntropy([2, 5, 0, 1], [T.One, T.CreateTruncating(2), T.CreateTruncating(0.5)], 5, 0.1), Sample.Of(4, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.WeightedCrossEntropy"/>
        /// <param name="labels">The true class of each row, from 0; copied to the tape.</param>
        /// <param name="weights">The weight of each class; all 1 if left out.</param>
        /// <param name="ignored">A label whose rows do not count.</param>
        /// <param name="smoothing">s, the probability that is spread over all classes, in [0, 1].</param>
        /// <exception cref="ShapeException">The logits are no matrix of as many rows as there are labels, or the weights are not one for each class.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class, or the smoothing is not in [0, 1].</exception>
        public Scalar<T> CrossEntropy(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default, int? ignored = null, double smoothing = 0)
        {
            Shape shape = logits.Shape;
            int kept = ClassLabels.Check("CrossEntropy", shape, labels, weights.Length, ignored), classes = shape[1];
            if (!(smoothing >= 0 && smoothing <= 1))
                throw new ArgumentOutOfRangeException(nameof(smoothing), string.Create(CultureInfo.InvariantCulture, $"CrossEntropy: smoothing is {smoothing}; needs a number from 0 to 1."));
            IntegerList places = logits.Reserve(kept), rows = logits.Reserve(kept);
            Recording<T> recording = logits.Recording!;
            Span<int> place = recording.Attributes.Integers(places.Start, kept), row = recording.Attributes.Integers(rows.Start, kept);
            for (int i = 0, k = 0; i < labels.Length; i++)
            {
                if (labels[i] == ignored) continue;
                place[k] = (k * classes) + labels[i];
                row[k++] = i;
            }

            Variable<T> x = kept == labels.Length ? logits : Variable<T>.Apply(new IndexSelect(0, rows), logits);
            Scalar<T> hard = ClassLabels.Mean(Variable<T>.Apply(new CrossEntropy(places), x), labels, weights, ignored, out T total);
            if (smoothing == 0) return hard;
            Variable<T> logProbabilities = x.LogSoftmax(1);
            if (!weights.IsEmpty) logProbabilities = Variable<T>.Apply<Chain>(recording.Tape.Constant(weights, [classes]), logProbabilities);
            return (hard * T.CreateTruncating(1 - smoothing)) - (logProbabilities.Sum() * (T.CreateTruncating(smoothing / classes) / total));
        }
    }
}
