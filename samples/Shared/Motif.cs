namespace Autodiff.Samples;

/// <summary>What a detector of <see cref="Splice"/> looks for, as letters and as the heights of a sequence logo.</summary>
public static class Motif
{
    private const int Bases = 4;

    /// <summary>The heaviest letter at each position: a capital where it leads the second by the margin, else a small letter.</summary>
    /// <param name="kernel">[4, width]. A constant added at a position is only a bias, so a lead counts and not the weight itself.</param>
    /// <param name="margin">Lead in units of the kernel's weights.</param>
    public static string Consensus(ReadOnlySpan<float> kernel, float margin = 0.5f)
    {
        int width = Width(kernel);
        var letters = new char[width];
        for (int i = 0; i < width; i++)
        {
            int best = 0;
            for (int b = 1; b < Bases; b++)
                if (kernel[b * width + i] > kernel[best * width + i]) best = b;
            float second = float.NegativeInfinity;
            for (int b = 0; b < Bases; b++)
                if (b != best) second = Math.Max(second, kernel[b * width + i]);
            char letter = Splice.Bases[best];
            letters[i] = kernel[best * width + i] - second >= margin ? letter : char.ToLowerInvariant(letter);
        }
        return new string(letters);
    }

    /// <summary>How often each base stands at each position of the places where a detector fired.</summary>
    /// <param name="windows">Windows of <see cref="Splice"/>.</param>
    /// <param name="places">Window, and where in it the motif begins (from 0); bases beyond the window's ends are not counted.</param>
    /// <param name="width">Width of the motif.</param>
    /// <returns>[4, width]; the four of a position add to 1, or are all 0 where no base was counted.</returns>
    public static float[] Frequencies(Dataset windows, IEnumerable<(int Window, int Start)> places, int width)
    {
        var frequencies = new float[Bases * width];
        foreach ((int window, int start) in places)
            for (int i = 0; i < width; i++)
            {
                int at = start + i;
                if (at is < 0 or >= Splice.Length) continue;
                for (int b = 0; b < Bases; b++) frequencies[b * width + i] += windows.Example(window)[b * Splice.Length + at];
            }
        for (int i = 0; i < width; i++)
        {
            float sum = 0;
            for (int b = 0; b < Bases; b++) sum += frequencies[b * width + i];
            for (int b = 0; b < Bases && sum > 0; b++) frequencies[b * width + i] /= sum;
        }
        return frequencies;
    }

    /// <summary>Heights of a sequence logo in bits: p·(2 − H), with H = −Σ p·log₂ p the entropy of the position.</summary>
    /// <param name="frequencies">[4, width], the four of a position adding to 1.</param>
    /// <remarks>Source: T. D. Schneider, R. M. Stephens (1990), Sequence logos; without the correction for small samples.</remarks>
    public static float[] Information(ReadOnlySpan<float> frequencies)
    {
        int width = Width(frequencies);
        var heights = new float[frequencies.Length];
        for (int i = 0; i < width; i++)
        {
            float information = 2;
            for (int b = 0; b < Bases; b++)
                if (frequencies[b * width + i] is var p && p > 0) information += p * MathF.Log2(p);
            for (int b = 0; b < Bases; b++) heights[b * width + i] = frequencies[b * width + i] * information;
        }
        return heights;
    }

    private static int Width(ReadOnlySpan<float> kernel) =>
        kernel.Length % Bases == 0
            ? kernel.Length / Bases
            : throw new ArgumentException($"kernel: {kernel.Length} numbers; needs [4, width]", nameof(kernel));
}
