using System.Globalization;
using Autodiff.Benchmarks;
using Autodiff.Compare;
using TorchSharp;

if (args is ["edges", var conventions])
{
    torch.set_num_threads(1);
    return Edges.Run(conventions);
}

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
string output = args.Length > 1 ? args[1] : "benchmarks/results", only = args.Length > 2 ? args[2] : "";
torch.set_num_threads(1);
double single = Peak.Measure<float>(), twice = Peak.Measure<double>();
List<string> lines =
[
    "# Autodiff against libtorch",
    "",
    string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description}, TorchSharp 0.107.0 (stock libtorch), one thread each, {rounds} interleaved rounds in one process, medians (quartiles), µs."),
    string.Create(CultureInfo.InvariantCulture, $"Peak of a core, fused multiply-adds in registers alone, in the same process: {single:F0} GFLOP/s (f32), {twice:F0} GFLOP/s (f64)."),
    "Command: `dotnet run -c Release --project benchmarks -- compare`",
    "",
    "| work | Autodiff | libtorch | ratio |",
    "|---|---|---|---|",
];
foreach (string line in lines) Console.WriteLine(line);
foreach (Work work in Products.Works().Concat(Elementwise.Works()).Concat(Special.Works()).Concat(Steps.Works())) Measure(work);
foreach (string line in (string[])["", "| work | two threads | one thread | ratio |", "|---|---|---|---|"]) Write(line);
foreach (Work work in Products.Shared()) Measure(work);
if (only.Length > 0) return 0;
Directory.CreateDirectory(output);
File.WriteAllLines(Path.Combine(output, $"{Machine.FileName}.md"), lines);
return 0;

void Measure(Work work)
{
    if (!work.Name.Contains(only, StringComparison.OrdinalIgnoreCase)) return;
    (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, (work.Ours, work.Calls), (work.Theirs, work.Calls));
    double rate = work.Flops / t[0].Median / 1000, peak = work.Name.Contains("f64", StringComparison.Ordinal) ? twice : single;
    string speed = work.Flops > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({rate:F0} GFLOP/s, {100 * rate / peak:F0} % of the peak)") : "";
    Write(string.Create(CultureInfo.InvariantCulture,
        $"| {work.Name}{speed} | {t[0].Median:F2} ({t[0].Low:F2}–{t[0].High:F2}) | {t[1].Median:F2} ({t[1].Low:F2}–{t[1].High:F2}) | {t[0].Median / t[1].Median:F2} |"));
}

void Write(string line)
{
    Console.WriteLine(line);
    lines.Add(line);
}

/// <summary>One line of the comparison: the same work by both, and how often a round repeats it.</summary>
internal sealed record Work(string Name, Action Ours, Action Theirs, int Calls, double Flops = 0);
