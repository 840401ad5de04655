using Autodiff;

/// <summary>Images, two numbers each, and the number that the rule means. The arrays are made once.</summary>
internal sealed class Questions(Dataset set, int batch, Random random)
{
    private readonly float[] _pixels = new float[batch * set.FeatureSize], _x = new float[batch * 2], _meant = new float[batch];

    /// <summary>The rule that makes the data; the network never sees it.</summary>
    public static int Rule(int digit) => digit % 2;

    /// <summary>Image [n, 64], X [n, 2] and Meant [n] for these images; the numbers are drawn anew each time.</summary>
    public (Variable<float> Image, Variable<float> X, Variable<float> Meant) Draw(Tape<float> tape, ReadOnlySpan<int> images)
    {
        int n = images.Length;
        Span<float> pixels = _pixels.AsSpan(0, n * set.FeatureSize), x = _x.AsSpan(0, 2 * n), meant = _meant.AsSpan(0, n);
        set.CopyBatch(images, pixels);
        foreach (ref float number in x) number = 2 * random.NextSingle() - 1;
        for (int i = 0; i < n; i++) meant[i] = x[2 * i + Rule(set.Labels[images[i]])];
        return (tape.Constant(pixels, [n, set.FeatureSize]), tape.Variable(x, [n, 2]), tape.Constant(meant, [n]));
    }
}
