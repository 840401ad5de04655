namespace Autodiff.Samples;

/// <summary>What several runs came to, which differ only in their seed.</summary>
/// <param name="values">One figure for each run.</param>
public sealed class Spread(params double[] values)
{
    public double Mean { get; } = values.Average();

    /// <summary>Standard deviation of a run: √(Σ (vᵢ − mean)² / (n − 1)); 0 of a single run.</summary>
    public double Deviation { get; } = Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / Math.Max(1, values.Length - 1));

    /// <summary>Mean, deviation and every run.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Mean,5:F2} ± {Deviation:F2}  (runs: {string.Join(", ", values.Select(v => FormattableString.Invariant($"{v:F2}")))})");
}
