using System.Globalization;
using static TorchSharp.torch;

namespace Autodiff.Compare;

/// <summary>What docs/conventions.md says of libtorch, held to libtorch: rows that say "same" agree in value and gradient, the others do not.</summary>
internal static class Edges
{
    // the table has six digits
    private const double Digits = 1e-5;

    /// <summary>Prints every row that does not hold; their number is the exit code.</summary>
    public static int Run(string path)
    {
        int held = 0, wrong = 0;
        foreach (string line in File.ReadLines(path).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
        {
            string[] cells = line.Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries);
            if (!EdgeCalls.All.TryGetValue(cells[0], out Func<Tensor[], Tensor>? call))
            {
                // what it has not, or TorchSharp does not reach, is not compared
                if (cells[4].StartsWith("it has none", StringComparison.Ordinal) || cells[4].Contains("by its formula", StringComparison.Ordinal)) continue;
                wrong++;
                Console.WriteLine($"no call is known for: {line}");
                continue;
            }

            (bool agrees, string theirs) = Ask(call, cells);
            bool claimed = cells[4].StartsWith("same", StringComparison.Ordinal);
            if (agrees == claimed)
            {
                held++;
                continue;
            }

            wrong++;
            Console.WriteLine($"{cells[0]} {cells[1]}: ours {cells[2]} {cells[3]}, libtorch {theirs}; the row says: {cells[4]}");
        }

        Console.WriteLine($"{held} rows hold, {wrong} do not");
        return wrong;
    }

    private static (bool Agrees, string Theirs) Ask(Func<Tensor[], Tensor> call, string[] cells)
    {
        double[][] inputs = Lists(cells[1]), gradients = Lists(cells[3]);
        try
        {
            Tensor[] x = [.. inputs.Select((v, i) => tensor(v, dtype: float64).reshape(v.Length).requires_grad_(i < gradients.Length))];
            Tensor y = call(x);

            // a list more than there are gradients, of a softmax, is the cotangent
            (cells[0] == "softmax" && inputs.Length > 1 ? (y * x[1]).sum() : y.sum()).backward();
            double[] value = Numbers(y.detach().reshape(-1));
            double[]?[] bars = [.. x.Take(gradients.Length).Select(v => v.grad is { IsInvalid: false } g ? Numbers(g.reshape(-1)) : null)];
            bool agrees = Same(value, Lists(cells[2])[0]) && bars.Zip(gradients).All(p => p.First is not null && Same(p.First, p.Second));
            return (agrees, $"{Text(value)} {string.Join(" ; ", bars.Select(b => b is null ? "none" : Text(b)))}");
        }
        catch (System.Runtime.InteropServices.ExternalException e)
        {
            return (false, e.Message.Split('\n')[0]);
        }
    }

    private static double[] Numbers(Tensor x) => x.to(float64).data<double>().ToArray();

    private static double[][] Lists(string cell) => [.. cell.Split(';', StringSplitOptions.TrimEntries)
        .Select(t => t[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];

    private static bool Same(double[] a, double[] b)
        => a.Length == b.Length && a.Zip(b).All(p => p.First.Equals(p.Second) || p.First == p.Second || Math.Abs(p.First - p.Second) <= Digits * Math.Abs(p.Second));

    private static string Text(double[] x) => $"[{string.Join(", ", x.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)))}]";
}
