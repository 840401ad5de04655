using System.Globalization;

namespace Autodiff.Benchmarks;

/// <summary>What derivatives cost beside the objective itself, on the objectives of ADBench, and what a step of the tape costs.</summary>
internal static class ScalarTable
{
    private const string Steps = "steps of the tape";

    /// <summary>Measures derivatives against their objectives in plain numbers; prints a table and writes it beside the others.</summary>
    /// <param name="rounds">Rounds of interleaved measurement.</param>
    /// <param name="only">Only rows whose name contains this; then nothing is written.</param>
    /// <param name="gmm">Gaussian mixtures: dimensions x components x points, with commas between.</param>
    /// <param name="lstm">Long short-term memories: layers x characters.</param>
    /// <param name="ba">Bundle adjustments: cameras x points x observations.</param>
    /// <param name="hand">Hands: points.</param>
    /// <param name="output">Folder of the results.</param>
    public static void Run(int rounds = 15, string only = "", string gmm = "10x25x1000,20x50x1000", string lstm = "2x1024",
        string ba = "49x7776x31843", string hand = "200", string output = "benchmarks/results")
    {
        List<string> table = [];
        Say(table, "# Derivatives beside their objectives in plain numbers");
        Say(table, "");
        Say(table, $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description}, one thread, {rounds} interleaved rounds, medians (quartiles).");
        Say(table, "Command: `dotnet run -c Release --project benchmarks -- scalar`");
        Say(table, "");
        Say(table, "Objectives and sizes are those of ADBench (Šrajer, Kukelova, Fitzgibbon 2018), the numbers our own; the objective is a careful loop over `double`, without lanes.");
        Say(table, "Every call records, sweeps and reads the whole gradient or Jacobian; `… -- adbench-check` holds them to differences and to each other.");
        Say(table, "");
        Say(table, "| work | derivative (ms) | objective (ms) | ratio | goal | managed bytes a call |");
        Say(table, "|---|---|---|---|---|---|");
        foreach ((string name, Func<ScalarRow> make) in ScalarRows.Mixtures(gmm).Concat(ScalarRows.Memories(lstm)).Concat(ScalarRows.Bundles(ba)).Concat(ScalarRows.Hands(hand)))
            if (name.Contains(only, StringComparison.OrdinalIgnoreCase)) Say(table, make().Measure(name, rounds));
        if (Steps.Contains(only, StringComparison.OrdinalIgnoreCase)) AddSteps(table, rounds);
        if (only.Length > 0) return;
        Directory.CreateDirectory(output);
        File.WriteAllLines(Path.Combine(output, $"scalar-{Machine.FileName}.md"), table);
    }

    private static void AddSteps(List<string> table, int rounds)
    {
        Say(table, "");
        Say(table, $"| {Steps}, `s += a·b` | to record and sweep one (ns) | to record one (ns) | managed bytes a call |");
        Say(table, "|---|---|---|---|");
        double least = double.PositiveInfinity, greatest = 0;
        for (int steps = 1_000; steps <= 10_000_000; steps *= 10)
        {
            using var chain = new StepChain(steps);
            int calls = Math.Max(1, 1_000_000 / steps);
            (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, (chain.Run, calls), (chain.Record, calls));
            (least, greatest) = (Math.Min(least, t[0].Median / steps), Math.Max(greatest, t[0].Median / steps));
            Say(table, string.Create(CultureInfo.InvariantCulture, $"| {steps:N0} | {Time(t[0], steps)} | {Time(t[1], steps)} | {Interleaved.Allocated(chain.Run, warmUp: 1)} |"));
        }

        Say(table, string.Create(CultureInfo.InvariantCulture, $"| the greatest / the least; goal: 1.5 | {greatest / least:F2} | | |"));
    }

    private static string Time((double Median, double Low, double High) t, int steps)
        => string.Create(CultureInfo.InvariantCulture, $"{1000 * t.Median / steps:F2} ({1000 * t.Low / steps:F2}–{1000 * t.High / steps:F2})");

    private static void Say(List<string> table, string line)
    {
        Console.WriteLine(line);
        table.Add(line);
    }
}
