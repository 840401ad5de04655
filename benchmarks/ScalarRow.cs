using System.Globalization;

namespace Autodiff.Benchmarks;

/// <summary>A derivative beside its objective in plain numbers: two programs that are measured in turn, and the goal of their ratio.</summary>
/// <param name="Objective">The objective in plain numbers.</param>
/// <param name="Derivative">The derivative; disposed of after it was measured.</param>
/// <param name="Goal">What the ratio shall be at most; NaN where it is for information.</param>
internal sealed record ScalarRow(Action Objective, IDerivative Derivative, double Goal = double.NaN)
{
    /// <summary>Measures and makes the line of the table.</summary>
    public string Measure(string name, int rounds)
    {
        using IDerivative derivative = Derivative;
        (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, (Objective, 1), (derivative.Run, 1));
        long bytes = Interleaved.Allocated(derivative.Run, warmUp: 1);
        string goal = double.IsNaN(Goal) ? "–" : Goal.ToString("0.0", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {Time(t[1])} | {Time(t[0])} | {t[1].Median / t[0].Median:F2} | {goal} | {bytes} |");
    }

    /// <summary>Milliseconds: the median and the quartiles.</summary>
    private static string Time((double Median, double Low, double High) t)
        => string.Create(CultureInfo.InvariantCulture, $"{t.Median / 1000:F3} ({t.Low / 1000:F3}–{t.High / 1000:F3})");
}
