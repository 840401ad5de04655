using Autodiff;

ConsoleApp.Run(args, WeightSharing.Run);

/// <summary>64 pixels are told in 16 numbers and drawn again from them. Tied: what draws is the transpose of what tells.</summary>
internal sealed class Autoencoder(bool tied, Random random)
{
    public const int Pixels = Digits.Side * Digits.Side, Code = 16;
    private readonly Parameter<float> _b = new([Code], "b"), _c = new([Pixels], "c");

    public Parameter<float> W { get; } = new(Initial.Uniform(Pixels * Code, Pixels, random), [Pixels, Code], "W");

    /// <summary>The drawing weights of the untied autoencoder; they start as the transpose of W.</summary>
    public Parameter<float> V { get; } = new([Code, Pixels], "V");

    public Parameter<float>[] Parameters => tied ? [W, _b, _c] : [W, _b, V, _c];

    /// <summary>y = tanh(x·W + b)·V + c; tied: V = Wᵀ, so that W stands in the formula twice.</summary>
    public Variable<float> Draw(Tape<float> tape, Variable<float> x)
    {
        Variable<float> w = tape.Variable(W);
        Variable<float> v = tied ? w.Transpose() : tape.Variable(V);
        return (x.MatMul(w) + tape.Variable(_b)).Tanh().MatMul(v) + tape.Variable(_c);
    }

    public void StartDrawingWithTheTranspose()
    {
        for (int i = 0; i < Pixels * Code; i++) V.Values[i % Code * Pixels + i / Code] = W.Values[i];
    }
}

internal static class WeightSharing
{
    private const int Batch = 32;

    /// <summary>Shared weights get the sum of the gradients of their places; an autoencoder of digits with tied weights shows it.</summary>
    /// <param name="epochs">Passes over the 1,347 training images.</param>
    /// <param name="seed">Seed of the first weights and of the order of the images.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 200, int seed = 1, string output = "output", string? data = null) => Report.Run(
        "Weight sharing: u is used as w1 and as w2, and its gradient is the sum of theirs", report =>
        {
            OneNumberTwice(report);
            (Dataset train, Dataset test) = Digits.Load(data);
            (Autoencoder tied, Autoencoder untied) = (new(true, new Random(seed)), new(false, new Random(seed)));
            untied.StartDrawingWithTheTranspose();
            TheSameWeightsTwice(report, tied, untied, test);

            Train(report, "tied weights", tied, train, epochs, seed);
            Train(report, "untied weights", untied, train, epochs, seed);
            (int few, int many) = (tied.Parameters.Sum(p => p.Size), untied.Parameters.Sum(p => p.Size));
            (double a, double b) = (Error(tied, test), Error(untied, test));
            Console.WriteLine(FormattableString.Invariant($"test error: tied, {few} parameters, {a:F5}; untied, {many} parameters, {b:F5}"));
            report.Near("parameters, tied / untied", 0.5, few / (double)many, 0.02);
            report.AtMost("mean squared error of a test pixel, tied", 0.014, a);
            report.AtMost("error, tied / untied", 1.15, a / b);

            int[] ten = [.. Enumerable.Range(0, 10).Select(digit => Array.IndexOf(test.Labels, digit))];
            float[] images = [.. ten.SelectMany(i => test.Example(i).ToArray())];
            string[] captions = [.. test.Classes, .. Enumerable.Repeat("tied", 10), .. Enumerable.Repeat("untied", 10)];
            Console.WriteLine("picture: " + new Picture(output).Grid("weight-sharing", "Test digits, and as drawn again from 16 numbers",
                "ink", [.. images, .. Drawn(tied, images), .. Drawn(untied, images)], Digits.Side, Digits.Side, 10, captions));
        });

    /// <summary>w = H(u) = (u, u): ∂L/∂u = ∂L/∂w1 + ∂L/∂w2.</summary>
    private static void OneNumberTwice(Report report)
    {
        static Scalar<double> Loss(Scalar<double> w1, Scalar<double> w2) => ((w1 * 0.7).Tanh() * w2 - 0.3).Square();
        using var tape = new Tape<double>();
        Scalar<double> u = tape.Variable(1.1), w1 = tape.Variable(1.1), w2 = tape.Variable(1.1);
        Gradients<double> shared = tape.Backward(Loss(u, u)), apart = tape.Backward(Loss(w1, w2));
        report.Near("∂L/∂u, beside ∂L/∂w1 + ∂L/∂w2, bit for bit", apart[w1] + apart[w2], shared[u], 0);
    }

    /// <summary>The tied W gets the gradient of the untied W plus the transpose of V's.</summary>
    private static void TheSameWeightsTwice(Report report, Autoencoder tied, Autoencoder untied, Dataset images)
    {
        using var tape = new Tape<float>();
        Variable<float> x = tape.Constant(images.Features, [images.Count, images.FeatureSize]);
        Gradients<float> shared = tape.Backward(tied.Draw(tape, x).MeanSquaredError(x));
        Gradients<float> apart = tape.Backward(untied.Draw(tape, x).MeanSquaredError(x));
        ReadOnlySpan<float> sum = shared[tied.W], w = apart[untied.W], v = apart[untied.V];
        double worst = 0, scale = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            float expected = w[i] + v[i % Autoencoder.Code * Autoencoder.Pixels + i / Autoencoder.Code];
            (worst, scale) = (Math.Max(worst, Math.Abs(sum[i] - expected)), Math.Max(scale, Math.Abs(expected)));
        }
        // The order of the terms is the kernels' affair: float rounds to 6e-8 of the greatest.
        report.AtMost("∂L/∂W tied − (∂L/∂W + (∂L/∂V)ᵀ) untied", 1e-6 * scale, worst);
    }

    private static void Train(Report report, string name, Autoencoder model, Dataset train, int epochs, int seed)
    {
        var optimizer = new Adam<float>(model.Parameters, learningRate: 0.003f);
        var batches = new Batches(train.Count, Batch, seed);
        var pixels = new float[Batch * train.FeatureSize];
        var memory = new StepMemory();
        using var tape = new Tape<float>();
        Training.Run(name, epochs, epoch =>
        {
            double loss = 0;
            memory.NextEpoch();
            optimizer.LearningRate = 0.0015f * (1 + MathF.Cos(MathF.PI * epoch / epochs));
            foreach (ReadOnlySpan<int> batch in batches.NextEpoch())
            {
                memory.Begin();
                train.CopyBatch(batch, pixels);
                tape.Reset();
                Variable<float> x = tape.Constant(pixels.AsSpan(0, batch.Length * train.FeatureSize), [batch.Length, train.FeatureSize]);
                Scalar<float> error = model.Draw(tape, x).MeanSquaredError(x);
                optimizer.Step(tape.Backward(error));
                memory.End();
                loss += error.Value / batches.Count;
            }
            return FormattableString.Invariant($"error {loss:F5}");
        });
        report.AtMost($"{name}: managed bytes a step", 0, memory.BytesPerStep);
    }

    private static double Error(Autoencoder model, Dataset images)
    {
        using var tape = new Tape<float>();
        Variable<float> x = tape.Constant(images.Features, [images.Count, images.FeatureSize]);
        return model.Draw(tape, x).MeanSquaredError(x).Value;
    }

    private static IEnumerable<float> Drawn(Autoencoder model, float[] images)
    {
        using var tape = new Tape<float>();
        Variable<float> x = tape.Constant(images, [images.Length / Autoencoder.Pixels, Autoencoder.Pixels]);
        // Beyond paper and ink there is nothing to draw.
        return model.Draw(tape, x).Values.ToArray().Select(ink => Math.Clamp(ink, 0, 1));
    }
}
