using System.Globalization;
using System.Runtime.Intrinsics;

namespace Autodiff.Benchmarks;

/// <summary>What derivatives cost beside the objective itself, on the objectives of ADBench.</summary>
internal static class ScalarTable
{
    /// <summary>Measures derivatives against their objectives in plain numbers; prints a table and writes it beside the others.</summary>
    /// <param name="rounds">Rounds of interleaved measurement.</param>
    /// <param name="only">Only rows whose name contains this.</param>
    /// <param name="output">Folder of the results; a run of some rows only, or of fewer than 5 rounds, writes nothing.</param>
    public static void Run(int rounds = 15, string only = "", string output = "benchmarks/results")
    {
        List<string> table =
        [
            "# Derivatives beside their objectives in plain numbers",
            "",
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description}, one thread, {rounds} interleaved rounds, medians (quartiles).",
            $"Command: `dotnet run -c Release --project benchmarks -- scalar`",
            "Objectives and sizes are those of ADBench (Šrajer, Kukelova, Fitzgibbon 2018), the numbers our own; the objective is a loop over `double`.",
            "Every call records, sweeps and reads the whole gradient or Jacobian.",
            "",
            "| work | derivative (ms) | objective (ms) | ratio | goal | managed bytes |",
            "|---|---|---|---|---|---|",
        ];
        foreach (string line in table) Console.WriteLine(line);
        foreach (Func<ScalarRow> make in Rows(only).Concat(HandRows(only)))
        {
            table.Add(make().Measure(rounds));
            Console.WriteLine(table[^1]);
        }

        if ("cost per step".Contains(only, StringComparison.OrdinalIgnoreCase)) table.AddRange(Steps(rounds));
        table.Add("");
        if (only.Length > 0 || rounds < 5) return;
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, $"scalar-{Machine.FileName}.md"), string.Join(Environment.NewLine, table));
    }

    private static IEnumerable<Func<ScalarRow>> Rows(string only)
    {
        bool wide = Vector512.IsHardwareAccelerated;
        if (Wanted("GMM d10 K25, the objective with L by columns", only) is { } columns)
        {
            yield return () =>
            {
                var g = new GmmInstance(10, 25, 1_000);
                return new(columns, new GmmObjective(g).Run, new GmmColumns(g));
            };
        }

        foreach ((int d, int k, double plain) in new[] { (10, 25, wide ? 8.0 : 13), (20, 50, wide ? 10.0 : 14) })
        {
            foreach ((string way, var make) in GmmCheck.Ways)
            {
                double goal = way switch { GmmCheck.Plain or GmmCheck.TermByTerm => plain, GmmCheck.Spans => 7.5, _ => double.NaN };
                if (Wanted($"GMM d{d} K{k}, {way}", only) is not { } name) continue;
                yield return () =>
                {
                    var g = new GmmInstance(d, k, 1_000);
                    return new(name, new GmmObjective(g).Run, make(g), goal);
                };
            }
        }

        foreach ((string way, var make) in LstmCheck.Ways)
        {
            if (Wanted($"LSTM l2 c1024, {way}", only) is not { } name) continue;
            yield return () =>
            {
                var m = new LstmInstance(2, 1024);
                return new(name, new LstmObjective(m).Run, make(m), way == LstmCheck.Plain ? 3.0 : double.NaN);
            };
        }

        foreach ((string way, var make) in BaCheck.Ways)
        {
            (int cameras, int points, int observations) = BaInstance.Sizes[0];
            if (Wanted($"BA {observations} blocks, {way}", only) is not { } name) continue;
            yield return () =>
            {
                var b = new BaInstance(cameras, points, observations);
                return new(name, new BaObjective(b).Run, make(b));
            };
        }
    }

    private static IEnumerable<Func<ScalarRow>> HandRows(string only)
    {
        foreach (bool complicated in new[] { false, true })
        {
            if (Wanted($"Hand, 200 points, {(complicated ? "complicated" : "simple")}, plain operators", only) is not { } name) continue;
            yield return () =>
            {
                var hand = new HandInstance(200, complicated);
                return new(name, new HandObjective(hand).Run, new HandOperators(hand));
            };
        }
    }

    private static string? Wanted(string name, string only) => name.Contains(only, StringComparison.OrdinalIgnoreCase) ? name : null;

    private static IEnumerable<string> Steps(int rounds)
    {
        var costs = new List<double>();
        yield return Say("");
        yield return Say("| steps `s += a·b` on the tape | to record and sweep one (ns) | to record one (ns) | managed bytes |");
        yield return Say("|---|---|---|---|");
        for (int steps = 1_000; steps <= 10_000_000; steps *= 10)
        {
            using var chain = new StepChain(steps);
            int calls = Math.Max(1, 1_000_000 / steps);
            (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, (chain.Run, calls), (chain.Record, calls));
            double scale = 1000.0 / steps;
            costs.Add(t[0].Median * scale);
            yield return Say(string.Create(CultureInfo.InvariantCulture,
                $"| {steps:N0} | {t[0].Median * scale:F2} ({t[0].Low * scale:F2}–{t[0].High * scale:F2}) | {t[1].Median * scale:F2} ({t[1].Low * scale:F2}–{t[1].High * scale:F2}) | {Interleaved.Allocated(chain.Run, warmUp: 1)} |"));
        }

        yield return Say(string.Create(CultureInfo.InvariantCulture, $"| greatest / least (goal 1.5) | {costs.Max() / costs.Min():F2} | | |"));
    }

    private static string Say(string line)
    {
        Console.WriteLine(line);
        return line;
    }
}
