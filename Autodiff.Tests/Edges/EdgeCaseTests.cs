using System.Globalization;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Edges;

/// <summary>Every row of libtorch-edges.md: ours is the same, or the row of docs/conventions.md that decides otherwise is named here, and says why.</summary>
[TestFixture]
public sealed class EdgeCaseTests
{
    // the file has six digits
    private const double Digits = 1e-5;

    // a row of the file, and the row of docs/conventions.md where ours differs
    private static readonly Dictionary<string, string> Decided = new()
    {
        ["abs"] = "abs",
        ["relu"] = "relu",
        ["clamp(-1,1)"] = "clamp",
        ["maximum ties"] = "maximum",
        ["amax ties"] = "max along the axis",
        ["amax nan"] = "max along the axis",
        ["max of all -inf"] = "max along the axis",
        ["stack max over mixture"] = "max along the axis",
        ["max() ties"] = "max over everything",
        ["x*log x"] = "x log x",
        ["xlogy"] = "xlogy",
        ["hypot(0,0)"] = "hypot",
        ["where nan trap: where(x>0, sqrt x, 0)"] = "where(x > 0, sqrt x, 0)",
        ["logsumexp all -inf"] = "logsumexp",
        ["logsumexp +inf"] = "logsumexp",
        ["logaddexp"] = "log_add_exp",
        ["logaddexp equal inf"] = "log_add_exp",
        ["gelu extreme"] = "gelu",
        ["silu extreme"] = "silu",
        ["attention fully masked row"] = "attention to nothing",
        ["norm overflow"] = "norm",
        ["logcumsumexp -inf"] = "logcumsumexp",
        ["entropy p log p with p=0"] = "xlogy",
        ["det singular"] = "det of 2×2",
        ["eigh degenerate"] = "eigenvectors of 2×2",
        ["nan relu chain"] = "relu",
        ["exp(log)"] = "exp log x",
        ["cummax"] = "cummax",
        ["xlog1py"] = "xlog1py",
    };

    private static IReadOnlyList<string[]> Rows { get; } = [.. Read()];

    private static IEnumerable<TestCaseData> Cases => Rows.Select(r => new TestCaseData([r]).SetArgDisplayNames(r[0]));

    [TestCaseSource(nameof(Cases))]
    public void EveryRowIsDecided(string[] row)
    {
        double[][] inputs = Lists(row[1]);
        using var tape = new Tape<double>();
        Variable<double>[] x = [.. inputs.Select(v => tape.Variable(v, [v.Length]))];
        Func<Variable<double>[], Variable<double>> program = EdgePrograms.All[row[0]];
        if (row[2].StartsWith("ERR", StringComparison.Ordinal))
        {
            Should.Throw<MatrixException>(() => program(x)).Message.ShouldContain("pivot 1");
            return;
        }

        Variable<double> y = program(x);
        double[] cotangent = [.. Enumerable.Repeat(1.0, y.Size)];
        Gradients<double> g = tape.Backward(y, cotangent);
        string ours = $"{Text(y.Values.ToArray())} {string.Join(" ; ", x.Select(v => Text(g[v].ToArray())))}", theirs = $"{row[2]} {row[3]}";
        bool same = Same(y.Values.ToArray(), Lists(row[2])[0]);
        foreach ((string expected, Variable<double> input) in row[3].Split(';', StringSplitOptions.TrimEntries).Zip(x))
            same &= Same(g[input].ToArray(), expected == "null" ? new double[input.Size] : Lists(expected)[0]);
        if (!Decided.TryGetValue(row[0], out string? operation))
        {
            if (!same) Assert.Fail($"ours: {ours}; libtorch: {theirs}; no row of conventions.md is named that decides it.");
            return;
        }

        same.ShouldBeFalse($"{ours}: libtorch gives the same, and '{operation}' is named");
        ConventionTable.Rows.ShouldContain(r => r.Operation == operation && r.Libtorch != "same", $"no row '{operation}' of conventions.md says that libtorch differs");
    }

    [Test]
    public void EveryProgramHasItsRow()
    {
        Rows.Count.ShouldBe(159);
        EdgePrograms.All.Keys.ShouldBe(Rows.Select(r => r[0]), ignoreOrder: true);
        Decided.Keys.Except(EdgePrograms.All.Keys).ShouldBeEmpty();
    }

    private static IEnumerable<string[]> Read()
    {
        using Stream stream = typeof(EdgeCaseTests).Assembly.GetManifestResourceStream("libtorch-edges.md")!;
        using var reader = new StreamReader(stream);
        foreach (string line in reader.ReadToEnd().Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
            yield return [.. line.Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries)];
    }

    private static double[][] Lists(string cell) => [.. cell.Split(';', StringSplitOptions.TrimEntries)
        .Select(t => t[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];

    private static bool Same(double[] got, double[] expected)
        => got.Length == expected.Length && got.Zip(expected).All(p => p.First.Equals(p.Second) || p.First == p.Second || Math.Abs(p.First - p.Second) <= Digits * Math.Abs(p.Second));

    private static string Text(double[] x) => $"[{string.Join(", ", x.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)))}]";
}
