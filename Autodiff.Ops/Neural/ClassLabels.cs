using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>What the losses of true classes share.</summary>
internal static class ClassLabels
{
    /// <summary>Refuses what does not fit; else the number of labels that count.</summary>
    public static int Check(string op, in Shape shape, ReadOnlySpan<int> labels, int weights, int? ignored)
    {
        if (shape.Rank != 2 || shape[0] != labels.Length) throw new ShapeException($"{op}: x is {shape}, {labels.Length} labels came; needs x: [n, classes], n labels.");
        int classes = shape[1], kept = 0;
        if (weights != 0 && weights != classes) throw new ShapeException($"{op}: x is {shape}, {weights} weights came; needs one for each of the {classes} classes, or none.");
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == ignored) continue;
            kept++;
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), $"{op}: label {i} is {labels[i]}, x is {shape}; needs labels from 0 to {classes - 1} for {classes} classes.");
        }

        return kept;
    }

    /// <summary>The mean of one number for each label that counts, weighted by the labels' classes.</summary>
    /// <param name="rows">[kept].</param>
    /// <param name="labels">All labels.</param>
    /// <param name="weights">One for each class, or none.</param>
    /// <param name="ignored">The label that does not count.</param>
    /// <param name="total">The sum of the weights.</param>
    public static Scalar<T> Mean<T>(Variable<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights, int? ignored, out T total)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int kept = rows.Size;
        total = T.CreateTruncating(kept);
        if (weights.IsEmpty) return rows.Sum() / total;
        T[] rented = ArrayPool<T>.Shared.Rent(kept);
        total = T.Zero;
        for (int i = 0, k = 0; i < labels.Length; i++)
            if (labels[i] != ignored) total += rented[k++] = weights[labels[i]];
        Variable<T> factors = rows.Recording!.Tape.Constant(rented.AsSpan(0, kept), [kept]);
        ArrayPool<T>.Shared.Return(rented);

        // a class of weight 0 does not count, even if its loss is infinite
        return Variable<T>.Apply<Chain>(factors, rows).Sum() / total;
    }
}
