using System.Numerics;

namespace Autodiff;

/// <summary>Negative log likelihood of the true classes: −Σᵢ w[labelᵢ]·x[i, labelᵢ] / Σᵢ w[labelᵢ], x being logarithms of probabilities.</summary>
/// <remarks>
/// Shapes: x [n, classes], n labels → a scalar. x̄ is −w[labelᵢ] / Σ w at the true classes, else 0. Rows with the ignored label count in neither sum. The mean of
/// nothing is NaN.
/// </remarks>
public readonly struct NegativeLogLikelihood : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].NegativeLogLikelihood([2, 0, 0, 1]), Sample.Of(4, 3)),
        new("weights and an ignored label", x => x[0].NegativeLogLikelihood([2, -1, 0, 1], [T.One, T.Zero, T.CreateTruncating(0.5)], ignored: -1), Sample.Of(4, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> logProbabilities) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.NegativeLogLikelihood"/>
        /// <param name="labels">The true class of each row, from 0; copied to the tape.</param>
        /// <param name="weights">The weight of each class; all 1 if left out.</param>
        /// <param name="ignored">A label whose rows do not count.</param>
        /// <exception cref="ShapeException">x is no matrix of as many rows as there are labels, or the weights are not one for each class.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
        public Scalar<T> NegativeLogLikelihood(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default, int? ignored = null)
        {
            Shape shape = logProbabilities.Shape;
            int kept = ClassLabels.Check("NegativeLogLikelihood", shape, labels, weights.Length, ignored);
            IntegerList places = logProbabilities.Reserve(kept);
            Span<int> place = logProbabilities.Recording!.Attributes.Integers(places.Start, kept);
            for (int i = 0, k = 0; i < labels.Length; i++)
                if (labels[i] != ignored) place[k++] = (i * shape[1]) + labels[i];
            return -ClassLabels.Mean(PickElements.Of(logProbabilities, places, [kept]), labels, weights, ignored, out _);
        }
    }
}
