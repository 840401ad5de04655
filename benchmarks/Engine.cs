using System.Globalization;
using System.Numerics.Tensors;

namespace Autodiff.Benchmarks;

/// <summary>What the tape costs beside the same arithmetic by hand.</summary>
internal static class Engine
{
    private const int Chain = 1000;

    /// <summary>Measures tiny ops and a whole training step against loops written by hand; prints a table and writes it beside the others.</summary>
    /// <param name="rounds">Rounds of interleaved measurement.</param>
    /// <param name="output">Folder of the results.</param>
    public static void Run(int rounds = 31, string output = "benchmarks/results")
    {
        using var tiny = new TinyChain();
        using var scalars = new ScalarChain();
        using var mlp = new MlpStep();
        (double Median, double Low, double High)[] t = Interleaved.Measure(rounds,
            (tiny.Tape, 20), (tiny.Hand, 20), (scalars.Tape, 5), (scalars.Hand, 5), (mlp.Tape, 20), (mlp.Hand, 20));
        string table = string.Join(Environment.NewLine,
        [
            $"# Engine against loops by hand",
            "",
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description}, one thread, {rounds} interleaved rounds, medians (quartiles).",
            $"Command: `dotnet run -c Release --project benchmarks -- engine`",
            "",
            "| work | tape | by hand | ratio | managed bytes a step |",
            "|---|---|---|---|---|",
            Line("one tiny op, 16 floats: forward and backward, chain of 1,000 products (ns)", t[0], t[1], 1000.0 / Chain, Interleaved.Allocated(tiny.Tape)),
            Line("one scalar step `s + 0.5·x`, 100,000 of them: forward and backward (ns)", t[2], t[3], 1000.0 / ScalarChain.Steps, Interleaved.Allocated(scalars.Tape)),
            Line($"MLP 784-256-10, batch 64, f32: forward, backward, SGD (µs; {MlpStep.Flops / t[4].Median / 1000:F0} GFLOP/s)", t[4], t[5], 1, Interleaved.Allocated(mlp.Tape)),
            "",
        ]);
        Console.WriteLine(table);
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, $"engine-{Machine.FileName}.md"), table);
    }

    private static string Line(string what, (double Median, double Low, double High) tape, (double Median, double Low, double High) hand, double scale, long bytes)
        => string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {tape.Median * scale:F1} ({tape.Low * scale:F1}–{tape.High * scale:F1}) | {hand.Median * scale:F1} ({hand.Low * scale:F1}–{hand.High * scale:F1}) | {tape.Median / hand.Median:F2} | {bytes} |");

    private sealed class TinyChain : IDisposable
    {
        private readonly Tape<float> tape = new();
        private readonly Parameter<float> x = new(Enumerable.Range(0, 16).Select(i => 1 + (0.0001f * i)).ToArray(), [16], "x");
        private readonly float[] values = new float[16 * (Chain + 1)];
        private readonly float[] yBar = new float[16];
        private readonly float[] xBar = new float[16];

        public void Tape()
        {
            tape.Reset();
            Variable<float> v = tape.Variable(x), y = v;
            for (int i = 0; i < Chain; i++) y *= v;
            tape.Backward(y.Sum());
        }

        public void Hand()
        {
            x.Values.CopyTo(values);
            for (int i = 0; i < Chain; i++) TensorPrimitives.Multiply(values.AsSpan(16 * i, 16), x.Values, values.AsSpan(16 * (i + 1), 16));
            Array.Fill(yBar, 1);
            Array.Clear(xBar);
            for (int i = Chain - 1; i >= 0; i--)
            {
                TensorPrimitives.MultiplyAdd(yBar, values.AsSpan(16 * i, 16), xBar, xBar);
                TensorPrimitives.Multiply(yBar, x.Values, yBar);
            }
        }

        public void Dispose() => tape.Dispose();
    }

    private sealed class ScalarChain : IDisposable
    {
        public const int Steps = 200_000;
        private readonly Tape<double> tape = new();
        private double sum, slope;

        public void Tape()
        {
            tape.Reset();
            Scalar<double> x = tape.Variable(1.5), s = x;
            for (int i = 0; i < Steps / 2; i++) s += 0.5 * x;
            slope = tape.Backward(s)[x];
        }

        public void Hand()
        {
            double x = 1.5, s = x, xBar = 1;
            for (int i = 0; i < Steps / 2; i++) s += 0.5 * x;
            for (int i = 0; i < Steps / 2; i++) xBar += 0.5;
            (sum, slope) = (s, xBar);
            if (double.IsNaN(sum)) throw new InvalidOperationException("unreachable: keeps the loops");
        }

        public void Dispose() => tape.Dispose();
    }
}
