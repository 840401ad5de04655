namespace Autodiff.Samples;

/// <summary>First values of weights.</summary>
public static class Initial
{
    /// <summary>Uniform within ±1/√inputs, so that a sum over the inputs starts at their scale.</summary>
    /// <param name="count">How many weights.</param>
    /// <param name="inputs">Terms of the sum that the weights stand in.</param>
    /// <param name="random">Draws them.</param>
    public static float[] Uniform(int count, int inputs, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle() - 1) / MathF.Sqrt(inputs))];
}
