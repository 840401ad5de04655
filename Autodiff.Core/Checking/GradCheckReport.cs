using System.Globalization;

namespace Autodiff;

/// <summary>What a gradient check found.</summary>
public sealed record GradCheckReport
{
    /// <summary>Whether every derivative agrees with the differences.</summary>
    public required bool Passed { get; init; }

    /// <summary>The largest relative distance between a derivative and the differences, their own error included; NaN if one was NaN.</summary>
    public required double LargestError { get; init; }

    /// <summary>The first disagreement, or that there is none.</summary>
    public required string Message { get; init; }

    /// <summary>How many decimal digits are verified of the derivative of which fewest are.</summary>
    public double Digits => double.IsNaN(LargestError) ? 0 : Math.Clamp(-Math.Log10(LargestError), 0, 16);

    /// <summary>Does nothing if the check passed.</summary>
    /// <returns>The report itself.</returns>
    /// <exception cref="GradCheckException">It did not; the message names what was checked, input, index, both numbers and the seed.</exception>
    public GradCheckReport Assert() => Passed ? this : throw new GradCheckException(Message);

    /// <summary>The message.</summary>
    public override string ToString() => Message;

    /// <summary>Several checks as one: the first failure, or the worst of those that passed.</summary>
    internal static GradCheckReport Of(string name, IReadOnlyList<GradCheckReport> reports)
    {
        double largest = 0;
        foreach (GradCheckReport report in reports)
        {
            if (!report.Passed) return report;
            largest = Math.Max(largest, report.LargestError);
        }

        return Good($"{name} ({reports.Count} cases)", largest, reports.Count > 0);
    }

    internal static GradCheckReport Good(string name, double largest, bool any = true)
    {
        var report = new GradCheckReport { Passed = any, LargestError = largest, Message = "" };
        string text = any ? string.Create(CultureInfo.InvariantCulture, $"passed, {report.Digits:F1} digits verified") : "there is no case; needs at least one";
        return report with { Message = $"GradCheck: {name}: {text}." };
    }
}

/// <summary>A derivative that disagrees with the differences.</summary>
public sealed class GradCheckException : Exception
{
    /// <summary>With a message.</summary>
    public GradCheckException(string message)
        : base(message)
    {
    }
}
