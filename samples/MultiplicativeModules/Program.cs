using System.Numerics.Tensors;
using Autodiff;

ConsoleApp.Run(args, MultiplicativeModules.Run);

/// <summary>Attention over the 60 bases of a window: which position is looked at is computed from the bases themselves.</summary>
internal sealed class Attention(Random random)
{
    public const int Heads = 8;
    private const int Features = 16, Width = 5, Bases = 4, Classes = 3;

    private readonly Parameter<float>
        _kernel = new(Initial.Uniform(Features * Bases * Width, Bases * Width, random), [Features, Bases, Width], "kernel"),
        _threshold = new([Features], "threshold"),
        _query = new(Initial.Uniform(Heads * Features, Features, random), [Heads, Features], "query"),
        _position = new([Heads, Splice.Length], "position"),
        _readout = new(Initial.Uniform(Heads * Features * Classes, Features, random), [Heads * Features, Classes], "readout"),
        _offset = new([Classes], "offset");

    public Parameter<float>[] Parameters => [_kernel, _threshold, _query, _position, _readout, _offset];

    /// <summary>s_i = Σ_j w_j x_ij with w = softmax(z), once for each head.</summary>
    public (Variable<float> Weights, Variable<float> Pooled) Attend(Tape<float> tape, Variable<float> bases)
    {
        Variable<float> x = bases.Conv1d(tape.Variable(_kernel), tape.Variable(_threshold), padding: Width / 2).Relu(); // [n, i, j]
        Variable<float> z = tape.Variable(_query).MatMul(x) + tape.Variable(_position);                                 // [n, head, j]
        Variable<float> w = z.Softmax(axis: 2);
        Variable<float> s = w.MatMul(x.Transpose());                                                                    // [n, head, i]
        return (w, s);
    }

    public Variable<float> Classify(Tape<float> tape, Variable<float> s) =>
        s.Reshape([s.Shape[0], Heads * Features]).MatMul(tape.Variable(_readout)) + tape.Variable(_offset);
}

internal static class MultiplicativeModules
{
    private const int Batch = 32;

    /// <summary>Attention s_i = Σ_j w_j x_ij: first by hand, then as pooling over the 60 bases of a DNA window.</summary>
    /// <param name="epochs">Passes over the 2,000 training windows.</param>
    /// <param name="seed">Seed of the first weights and of the order of the windows.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 30, int seed = 1, string output = "output", string? data = null) => Report.Run(
        "Multiplicative modules: attention s_i = Σ_j w_j x_ij, w = softmax(z)", report =>
        {
            ByHand(report);
            (Dataset train, Dataset test) = Splice.Load(data);
            var random = new Random(seed);
            var model = new Attention(random);
            var optimizer = new AdamW<float>(model.Parameters, learningRate: 0.003f, weightDecay: 0.01f);
            var batches = new Batches(train.Count, Batch, seed);
            var x = new float[Batch * train.FeatureSize];
            var labels = new int[Batch];
            var memory = new StepMemory();
            using var tape = new Tape<float>();
            Training.Run("attention pooling", epochs, epoch =>
            {
                double loss = 0;
                memory.NextEpoch();
                optimizer.LearningRate = 0.0015f * (1 + MathF.Cos(MathF.PI * epoch / epochs));
                foreach (ReadOnlySpan<int> batch in batches.NextEpoch())
                {
                    memory.Begin();
                    train.CopyBatch(batch, x, labels);
                    tape.Reset();
                    Variable<float> bases = tape.Constant(x.AsSpan(0, batch.Length * train.FeatureSize), [batch.Length, 4, Splice.Length]);
                    Variable<float> s = model.Attend(tape, bases).Pooled.Dropout(0.3f, random);
                    Scalar<float> error = model.Classify(tape, s).CrossEntropy(labels.AsSpan(0, batch.Length));
                    optimizer.Step(tape.Backward(error));
                    memory.End();
                    loss += error.Value / batches.Count;
                }
                return FormattableString.Invariant($"loss {loss:F4}");
            });

            tape.Reset();
            Variable<float> windows = tape.Constant(test.Features, [test.Count, 4, Splice.Length]);
            (Variable<float> weights, Variable<float> pooled) = model.Attend(tape, windows);
            ReadOnlySpan<float> scores = model.Classify(tape, pooled).Values;
            int wrong = 0;
            for (int i = 0; i < test.Count; i++)
                if (TensorPrimitives.IndexOfMax(scores.Slice(3 * i, 3)) != test.Labels[i]) wrong++;
            report.AtMost("test error, 1,186 windows", 10, 100.0 * wrong / test.Count, "%");
            report.AtMost("managed bytes a step, once warm", 0, memory.BytesPerStep);

            // The mean weight of each position: over the heads and the windows of a class, and over all windows.
            double[][] mean = [.. Enumerable.Range(0, 4).Select(_ => new double[Splice.Length])];
            int[] count = [.. test.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value * Attention.Heads)];
            for (int i = 0; i < weights.Size; i++)
            {
                int label = test.Labels[i / (Attention.Heads * Splice.Length)], position = i % Splice.Length;
                mean[label][position] += weights.Values[i] / (double)count[label];
                mean[3][position] += weights.Values[i] / (double)(test.Count * Attention.Heads);
            }
            int peak = TensorPrimitives.IndexOfMax<double>(mean[3]);
            report.Line("the weights peak at the junction", "index 29–33", $"index {peak}", peak is >= 29 and <= 33);
            double[] positions = [.. Enumerable.Range(0, Splice.Length).Select(i => (double)i)];
            Console.WriteLine("picture: " + new Picture(output).Lines("attention", "Where attention looks: mean weight of each base",
                "base (index; the junction is before 30)", "weight", positions,
                ("donor site", mean[0]), ("acceptor site", mean[1]), ("neither", mean[2]), ("all", mean[3])));
        });

    /// <summary>The note's formula on two rows and three columns: each factor gets the other one as its slope.</summary>
    private static void ByHand(Report report)
    {
        double[] z = [1, 2, 0.5], x = [1, 2, 3, 6, 5, 4];
        using var tape = new Tape<double>();
        Variable<double> zs = tape.Variable(z, [3]), xs = tape.Variable(x, [2, 3]);
        Variable<double> w = zs.Softmax(axis: 0), s = (w * xs).Sum(axis: 1);
        double total = z.Sum(Math.Exp);
        double[] share = [.. z.Select(v => Math.Exp(v) / total)];
        for (int i = 0; i < 2; i++)
        {
            double sum = share.Select((v, j) => v * x[3 * i + j]).Sum();
            report.Near($"s{i + 1} = Σ_j w_j x_{i + 1}j", sum, s.Values[i], 1e-14);
            Gradients<double> g = tape.Backward(s[i]);
            for (int j = 0; j < 3; j++)
            {
                report.Near($"∂s{i + 1}/∂x_{i + 1}{j + 1} = w_{j + 1}", share[j], g[xs][3 * i + j], 1e-14);
                double slope = share[j] * (x[3 * i + j] - sum);
                report.Near($"∂s{i + 1}/∂z_{j + 1} = w_{j + 1}·(x_{i + 1}{j + 1} − s{i + 1})", slope, g[zs][j], 1e-14);
            }
        }
    }
}
