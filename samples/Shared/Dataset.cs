namespace Autodiff.Samples;

/// <summary>Examples with their classes: all features in one row-major array.</summary>
/// <param name="Features">Shape [Count, FeatureShape…].</param>
/// <param name="Labels">Class of each example, an index into <paramref name="Classes"/>.</param>
/// <param name="FeatureShape">Shape of one example, e.g. [4, 60].</param>
/// <param name="Classes">Names of the classes.</param>
public sealed record Dataset(float[] Features, int[] Labels, int[] FeatureShape, string[] Classes)
{
    public int Count => Labels.Length;

    /// <summary>Numbers in one example: the product of <see cref="FeatureShape"/>.</summary>
    public int FeatureSize { get; } = FeatureShape.Aggregate(1, (product, extent) => product * extent);

    public ReadOnlySpan<float> Example(int i) => Features.AsSpan(i * FeatureSize, FeatureSize);

    /// <summary>Writes the examples of one minibatch one after the other into the caller's spans; allocates nothing.</summary>
    /// <param name="indices">Which examples, in which order.</param>
    /// <param name="features">Takes [indices, FeatureShape…].</param>
    /// <param name="labels">Takes [indices]; may be empty where classes are not wanted.</param>
    public void CopyBatch(ReadOnlySpan<int> indices, Span<float> features, Span<int> labels = default)
    {
        if (features.Length < indices.Length * FeatureSize)
            throw new ArgumentException($"features: {features.Length} numbers; needs {indices.Length} × {FeatureSize}", nameof(features));
        if (!labels.IsEmpty && labels.Length < indices.Length)
            throw new ArgumentException($"labels: {labels.Length}; needs {indices.Length}, or none", nameof(labels));
        for (int i = 0; i < indices.Length; i++) Example(indices[i]).CopyTo(features[(i * FeatureSize)..]);
        for (int i = 0; i < indices.Length && !labels.IsEmpty; i++) labels[i] = Labels[indices[i]];
    }

    /// <summary>Percent of the examples whose greatest score is another class's.</summary>
    /// <param name="scores">[Count, Classes].</param>
    public double Error(ReadOnlySpan<float> scores)
    {
        int classes = Classes.Length, wrong = 0;
        if (scores.Length != Count * classes)
            throw new ArgumentException($"scores: {scores.Length} numbers; needs {Count} × {classes}", nameof(scores));
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> own = scores.Slice(i * classes, classes);
            int best = 0;
            for (int c = 1; c < classes; c++)
                if (own[c] > own[best]) best = c;
            // Scores that are no numbers decide nothing.
            if (best != Labels[i] || float.IsNaN(own[best])) wrong++;
        }
        return 100.0 * wrong / Count;
    }

    /// <summary>The examples from <paramref name="start"/> to before <paramref name="end"/>, copied.</summary>
    internal Dataset Slice(int start, int end) =>
        this with { Features = Features[(start * FeatureSize)..(end * FeatureSize)], Labels = Labels[start..end] };
}
