using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>
/// Connectionist temporal classification: −ln of the probability that a sequence of classes, its repetitions joined and its blanks dropped, is the target; the mean over the batch of
/// that by the target's length.
/// </summary>
/// <remarks>
/// Shapes: logarithms of probabilities [steps, batch, classes], as <c>LogSoftmax</c> gives them, and a target for each sequence → a scalar, (1/batch)·Σ lossₙ / max(1, lengthₙ), as
/// PyTorch's <c>ctc_loss</c>. The probability is the sum over all alignments, by the forward recursion; x̄ is minus the probability that an aligned path is in a class at a step. Steps behind a
/// sequence's length are not read: their gradient is 0 whatever they hold. A target that no path gives (too long for its steps) has the loss ∞ and gradient 0 (PyTorch: NaN, or 0 with
/// <c>zero_infinity</c>). NaN gives NaN. Cost: with s = 2·(the longest target) + 1, steps·batch·s times three exponentials and a logarithm; the sweep as much again, and about 20
/// tensors of that size on its way. Source: Graves, Fernández, Gomez and Schmidhuber, ICML 2006.
/// </remarks>
public readonly struct CtcLoss : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a repetition, unequal lengths", x => x[0].LogSoftmax(2).CtcLoss([1, 1, 2, 2], [3, 1], [5, 3]), Sample.Of(5, 2, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> logProbabilities) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CtcLoss"/>
        /// <param name="targets">The classes of all targets, one target after another; none of them the blank.</param>
        /// <param name="targetLengths">The length of each target.</param>
        /// <param name="inputLengths">The steps of each sequence; all steps if left out.</param>
        /// <param name="blank">The class that stands for nothing.</param>
        /// <exception cref="ShapeException">There are not three axes, or not a length for each sequence, or the lengths do not add up to the number of classes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A class, the blank or a length is out of range.</exception>
        public Scalar<T> CtcLoss(ReadOnlySpan<int> targets, ReadOnlySpan<int> targetLengths, ReadOnlySpan<int> inputLengths = default, int blank = 0)
        {
            Variable<T> x = logProbabilities;
            Shape shape = x.Shape;
            var (steps, batch, longest) = CtcTargets.Check(shape, targets, targetLengths, inputLengths, blank);
            int states = (2 * longest) + 1;
            IntegerList places = x.Reserve(checked(steps * batch * states)), last = x.Reserve(batch), before = x.Reserve(batch);
            Recording<T> recording = x.Recording!;
            T[] rented = ArrayPool<T>.Shared.Rent((batch * states) + (2 * batch));
            Span<T> mask = rented.AsSpan(0, batch * states), none = rented.AsSpan(batch * states, batch), weights = rented.AsSpan((batch * states) + batch, batch);
            Span<int> place = recording.Attributes.Integers(places.Start, places.Count), end = recording.Attributes.Integers(last.Start, batch), second = recording.Attributes.Integers(before.Start, batch);
            for (int n = 0, first = 0; n < batch; first += targetLengths[n++])
            {
                int length = targetLengths[n], final = (((inputLengths.IsEmpty ? steps : inputLengths[n]) - 1) * batch) + n;
                ReadOnlySpan<int> target = targets.Slice(first, length);
                for (int s = 0; s < states; s++)
                {
                    int label = CtcTargets.Label(target, s, blank);
                    bool isOpen = label != blank && s > 1 && label != CtcTargets.Label(target, s - 2, blank);
                    mask[(n * states) + s] = isOpen ? T.Zero : T.NegativeInfinity;
                    for (int t = 0; t < steps; t++) place[(((t * batch) + n) * states) + s] = (((t * batch) + n) * shape[2]) + label;
                }

                // a path ends in the last class or in the blank behind it
                end[n] = (final * states) + (2 * length);
                second[n] = end[n] - (length > 0 ? 1 : 0);
                none[n] = length > 0 ? T.Zero : T.NegativeInfinity;
                weights[n] = T.CreateTruncating(-1.0 / ((double)batch * Math.Max(1, length)));
            }

            Variable<T> skips = recording.Tape.Constant(mask, [batch, states]), empty = recording.Tape.Constant(none, [batch]), factors = recording.Tape.Constant(weights, [batch]);
            ArrayPool<T>.Shared.Return(rented);
            Variable<T> scores = PickElements.Of(x, places, [steps, batch, states]), sums = Variable<T>.Apply(default(AlignmentSums), scores, skips) + scores;
            Variable<T> log = PickElements.Of(sums, last, [batch]).LogAddExp(PickElements.Of(sums, before, [batch]) + empty);
            return (log * factors).Sum();
        }
    }
}

/// <summary>What the targets of <see cref="CtcLoss"/> must be.</summary>
internal static class CtcTargets
{
    /// <summary>The class of a state: classes at odd places, blanks between and around them, and behind the end.</summary>
    public static int Label(ReadOnlySpan<int> target, int state, int blank) => state % 2 == 1 && state / 2 < target.Length ? target[state / 2] : blank;

    /// <summary>The sizes, if all fits.</summary>
    public static (int Steps, int Batch, int Longest) Check(in Shape x, ReadOnlySpan<int> targets, ReadOnlySpan<int> targetLengths, ReadOnlySpan<int> inputLengths, int blank)
    {
        long sum = 0;
        int longest = 0;
        foreach (int length in targetLengths)
        {
            if (length < 0) throw new ArgumentOutOfRangeException(nameof(targetLengths), $"CtcLoss: a target's length is {length}; needs 0 or more.");
            (sum, longest) = (sum + length, Math.Max(longest, length));
        }

        if (x.Rank != 3 || x[0] == 0 || x[1] == 0 || x[1] != targetLengths.Length || sum != targets.Length || (!inputLengths.IsEmpty && inputLengths.Length != x[1]))
        {
            throw new ShapeException($"CtcLoss: x is {x}, {targets.Length} classes in {targetLengths.Length} targets of together {sum}, {inputLengths.Length} lengths of sequences came; "
                + "needs x: [steps, batch, classes], none of them 0, a target for each sequence, and a length for each or none.");
        }

        if ((uint)blank >= (uint)x[2]) throw new ArgumentOutOfRangeException(nameof(blank), $"CtcLoss: blank is {blank}, x is {x}; needs 0 to {x[2] - 1}.");
        foreach (int target in targets)
            if ((uint)target >= (uint)x[2] || target == blank) throw new ArgumentOutOfRangeException(nameof(targets), $"CtcLoss: a target has class {target}, x is {x}, the blank is {blank}; needs 0 to {x[2] - 1} without the blank.");
        foreach (int length in inputLengths)
            if (length < 1 || length > x[0]) throw new ArgumentOutOfRangeException(nameof(inputLengths), $"CtcLoss: a sequence's length is {length}, x is {x}; needs 1 to {x[0]}.");
        return (x[0], x[1], longest);
    }
}
