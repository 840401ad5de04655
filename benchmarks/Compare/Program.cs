using System.Globalization;
using Autodiff.Benchmarks;
using Autodiff.Compare;
using TorchSharp;

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
string output = args.Length > 1 ? args[1] : "benchmarks/results";
string only = args.Length > 2 ? args[2] : "";
torch.set_num_threads(1);
List<Work> works = [.. Products.Works(), .. Elementwise.Works(), .. Steps.Works()];
works.RemoveAll(w => !w.Name.Contains(only, StringComparison.OrdinalIgnoreCase));
List<string> lines =
[
    "# Autodiff against libtorch",
    "",
    string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description}, TorchSharp 0.107.0 (stock libtorch), one thread each, {rounds} interleaved rounds in one process, medians (quartiles), µs."),
    "Command: `dotnet run -c Release --project benchmarks -- compare`",
    "",
    "| work | Autodiff | libtorch | ratio |",
    "|---|---|---|---|",
];
foreach (string line in lines) Console.WriteLine(line);
foreach (Work work in works)
{
    (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, (work.Ours, work.Calls), (work.Theirs, work.Calls));
    string rate = work.Flops > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({work.Flops / t[0].Median / 1000:F0} GFLOP/s)") : "";
    string line = string.Create(CultureInfo.InvariantCulture,
        $"| {work.Name}{rate} | {t[0].Median:F2} ({t[0].Low:F2}–{t[0].High:F2}) | {t[1].Median:F2} ({t[1].Low:F2}–{t[1].High:F2}) | {t[0].Median / t[1].Median:F2} |");
    Console.WriteLine(line);
    lines.Add(line);
}

if (only.Length > 0) return;
Directory.CreateDirectory(output);
File.WriteAllLines(Path.Combine(output, $"compare-{Machine.FileName}.md"), lines);

/// <summary>One line of the comparison: the same work by both, and how often a round repeats it.</summary>
internal sealed record Work(string Name, Action Ours, Action Theirs, int Calls, double Flops = 0);
