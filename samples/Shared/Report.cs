using System.Globalization;

namespace Autodiff.Samples;

/// <summary>What a sample claims beside what it got: prints a line for each and gives the exit code of the program.</summary>
public sealed class Report
{
    /// <summary>Exit codes: all held; something fell short; data or options were bad, or the program broke down.</summary>
    public const int Held = 0, FellShort = 1, BadInput = 2;

    private int _held, _short;

    /// <summary>Runs a sample: its title, its body, a closing line. Bad input is one line on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string title, Action<Report> body)
    {
        try
        {
            Console.WriteLine(title);
            var report = new Report();
            body(report);
            return report.Close();
        }
        catch (Exception e) when (e is DataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
            return BadInput;
        }
    }

    /// <summary>|got − expected| ≤ tolerance. NaN falls short, here and below.</summary>
    public void Near(string what, double expected, double got, double tolerance) =>
        Line(what, $"{Text(expected)} ± {Text(tolerance)}", Text(got), Math.Abs(got - expected) <= tolerance);

    public void AtMost(string what, double limit, double got, string unit = "") =>
        Line(what, $"≤ {Text(limit)}{Unit(unit)}", $"{Text(got)}{Unit(unit)}", got <= limit);

    public void AtLeast(string what, double limit, double got, string unit = "") =>
        Line(what, $"≥ {Text(limit)}{Unit(unit)}", $"{Text(got)}{Unit(unit)}", got >= limit);

    public void Same(string what, string expected, string got) => Line(what, expected, got, expected == got);

    public void Line(string what, string expected, string got, bool held)
    {
        if (held) _held++;
        else _short++;
        Console.WriteLine($"{what,-44} | {expected,-18} | {got,-14} | {(held ? "ok" : "FALLS SHORT")}");
    }

    private int Close()
    {
        Console.WriteLine(_short == 0 ? $"{_held} as expected" : $"{_held} as expected, {_short} FELL SHORT");
        return _short == 0 ? Held : FellShort;
    }

    private static string Text(double x) => x.ToString("G5", CultureInfo.InvariantCulture);

    private static string Unit(string unit) => unit.Length == 0 ? "" : " " + unit;
}
