using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Hinge loss of several classes: the mean over the rows of (1/classes)·Σ w[labelᵢ]·max(0, margin − x[i, labelᵢ] + x[i, c])ᵖ over the classes c that are not the label's; p is 1 or 2.</summary>
/// <remarks>
/// Shapes: x [n, classes], n labels → a scalar. x̄ is w/(n·classes) at each class that does not keep the margin (times 2·(what is missing) for p = 2), and minus their sum at the label. A
/// margin that is kept just so has the derivative 0. The mean is over n whatever the weights, as in PyTorch's multi_margin_loss. A class's weight of 0 leaves its rows out, also
/// where a score is NaN; NaN in any other row gives NaN. The mean of nothing is NaN.
/// Source: Crammer and Singer (2001) and Weston and Watkins (1999), in the form of the sum.
/// </remarks>
public readonly struct MultiMargin : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("all within the margin", x => x[0].MultiMargin([2, 0, 1], margin: 9), Sample.Of(3, 3)),
        new("squares and weights", x => x[0].MultiMargin([2, 0], 2, 9, [T.One, T.CreateTruncating(2), T.CreateTruncating(0.5)]), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MultiMargin"/>
        /// <param name="labels">The true class of each row, from 0; copied to the tape.</param>
        /// <param name="power">p, 1 or 2.</param>
        /// <param name="margin">By how much the label's score shall be above the others; finite.</param>
        /// <param name="weights">The weight of each class; all 1 if left out.</param>
        /// <exception cref="ShapeException">The scores are no matrix of as many rows as there are labels, or the weights are not one for each class.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class, p is not 1 or 2, or the margin is not finite.</exception>
        public Scalar<T> MultiMargin(ReadOnlySpan<int> labels, int power = 1, double margin = 1, ReadOnlySpan<T> weights = default)
        {
            Shape shape = scores.Shape;
            ClassLabels.Check("MultiMargin", shape, labels, weights.Length, null);
            if (power is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(power), $"MultiMargin: power is {power}; needs 1 or 2.");
            if (!double.IsFinite(margin))
                throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"MultiMargin: margin is {margin}; needs a finite number."));
            int classes = shape[1];
            IntegerList places = scores.Reserve(labels.Length);
            Recording<T> recording = scores.Recording!;
            Span<int> place = recording.Attributes.Integers(places.Start, places.Count);
            T[] rented = ArrayPool<T>.Shared.Rent(shape.Size);
            for (int i = 0; i < labels.Length; i++)
            {
                place[i] = (i * classes) + labels[i];
                rented.AsSpan(i * classes, classes).Fill((weights.IsEmpty ? T.One : weights[labels[i]]) / T.CreateTruncating(classes));
                rented[place[i]] = T.Zero;
            }

            Variable<T> factors = recording.Tape.Constant(rented.AsSpan(0, shape.Size), shape);
            ArrayPool<T>.Shared.Return(rented);
            Variable<T> missing = (scores - (PickElements.Of(scores, places, [labels.Length, 1]) - Variable<T>.Of(margin))).Relu();
            return Variable<T>.Apply<Chain>(factors, power == 1 ? missing : missing.Square()).Sum() / T.CreateTruncating(labels.Length);
        }
    }
}
