namespace Autodiff.Benchmarks;

/// <summary>Numbers of the instances: seeded, so that every run and machine has the same.</summary>
internal static class Synthetic
{
    /// <summary>A number of the standard normal distribution (Box and Muller).</summary>
    public static double Normal(this Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>A number between two others.</summary>
    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>Fills with normal numbers of the given deviation.</summary>
    public static void FillNormal(this Random random, Span<double> x, double deviation)
    {
        foreach (ref double e in x) e = deviation * random.Normal();
    }
}
