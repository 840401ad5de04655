using System.Globalization;

namespace Autodiff.Tests.Edges;

/// <summary>A row of docs/conventions.md.</summary>
public sealed record ConventionRow(string Operation, double[][] Inputs, double[] Value, double[][] Gradients, string Libtorch)
{
    public override string ToString() => $"{Operation} {string.Join(" ; ", Inputs.Select(x => $"[{string.Join(", ", x.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]"))}";
}

/// <summary>The table of docs/conventions.md, read.</summary>
internal static class ConventionTable
{
    public static IReadOnlyList<ConventionRow> Rows { get; } = [.. Read()];

    private static IEnumerable<ConventionRow> Read()
    {
        using Stream stream = typeof(ConventionTable).Assembly.GetManifestResourceStream("conventions.md")!;
        using var reader = new StreamReader(stream);
        foreach (string line in reader.ReadToEnd().Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
        {
            string[] cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length != 5) throw new FormatException($"conventions.md: '{line}' has {cells.Length} cells; needs 5.");
            yield return new(cells[0], Lists(cells[1]), Lists(cells[2]).Single(), Lists(cells[3]), cells[4]);
        }
    }

    private static double[][] Lists(string cell) => [.. cell.Split(';', StringSplitOptions.TrimEntries).Select(List)];

    private static double[] List(string text)
    {
        if (!text.StartsWith('[') || !text.EndsWith(']')) throw new FormatException($"conventions.md: '{text}'; needs a list in brackets.");
        return [.. text[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.Parse(n, NumberStyles.Float, CultureInfo.InvariantCulture))];
    }
}
