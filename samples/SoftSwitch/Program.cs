using Autodiff;

ConsoleApp.Run(args, SoftSwitch.Run);

/// <summary>A control tells which of two inputs is passed: S = w₁·x₁ + w₂·x₂, the control read from an image by a network.</summary>
internal sealed class Switch(Random random)
{
    private const int Pixels = Digits.Side * Digits.Side, Hidden = 96;

    public Parameter<float>[] Parameters { get; } =
    [
        new(Initial.Uniform(Pixels * Hidden, Pixels, random), [Pixels, Hidden], "A"), new([Hidden], "a"),
        new(Initial.Uniform(Hidden * 2, Hidden, random), [Hidden, 2], "B"), new([2], "b"),
    ];

    /// <summary>z, computed from the image: two numbers, the greater one says which input is meant.</summary>
    public Variable<float> Control(Tape<float> tape, Variable<float> image)
    {
        Variable<float> hidden = (image.MatMul(tape.Variable(Parameters[0])) + tape.Variable(Parameters[1])).Relu();
        return hidden.MatMul(tape.Variable(Parameters[2])) + tape.Variable(Parameters[3]);
    }

    /// <summary>[1, 0] or [0, 1]: a step has no slope.</summary>
    public static Variable<float> Hard(Variable<float> z) => z.EqualTo(z.Max(axis: 1, keepDims: true));

    /// <summary>The softmax has one; as the temperature falls, it becomes the step.</summary>
    public static Variable<float> Soft(Variable<float> z, float temperature) => (z / temperature).Softmax(axis: 1);

    public static Variable<float> Pass(Variable<float> w, Variable<float> x) => (w * x).Sum(axis: 1);
}

internal static class SoftSwitch
{
    private const int Batch = 32;
    private const float Warm = 2, Cold = 0.2f;

    /// <summary>
    /// Learns from the passed number alone which of two inputs is meant: the first for an even digit, the second for an odd one.
    /// The digit is seen as an image; no label, no decision is ever shown.
    /// </summary>
    /// <param name="epochs">Passes over the 1,347 training images.</param>
    /// <param name="seed">Seed of the first weights, of the order of the images and of the inputs.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 60, int seed = 1, string output = "output", string? data = null) => Report.Run(
        "Switch: S = w1·x1 + w2·x2; the first input is meant for even digits, the second for odd ones", report =>
        {
            (Dataset train, Dataset test) = Digits.Load(data);
            var random = new Random(seed);
            var model = new Switch(random);
            var questions = new Questions(train, Batch, random);
            HardSwitchTeachesNothing(report, model, questions);

            var optimizer = new AdamW<float>(model.Parameters, learningRate: 0.005f, weightDecay: 0.01f);
            var batches = new Batches(train.Count, Batch, seed);
            var memory = new StepMemory();
            using var tape = new Tape<float>();
            Training.Run("soft switch", epochs, epoch =>
            {
                double loss = 0;
                memory.NextEpoch();
                float progress = epoch / (float)epochs, temperature = Warm * MathF.Pow(Cold / Warm, progress);
                optimizer.LearningRate = 0.0025f * (1 + MathF.Cos(MathF.PI * progress));
                foreach (ReadOnlySpan<int> batch in batches.NextEpoch())
                {
                    memory.Begin();
                    tape.Reset();
                    (Variable<float> image, Variable<float> x, Variable<float> meant) = questions.Draw(tape, batch);
                    Variable<float> w = Switch.Soft(model.Control(tape, image), temperature);
                    Scalar<float> error = Switch.Pass(w, x).MeanSquaredError(meant);
                    optimizer.Step(tape.Backward(error));
                    memory.End();
                    loss += error.Value / batches.Count;
                }
                return FormattableString.Invariant($"error {loss:F4} at temperature {temperature:F2}");
            });

            report.AtMost("managed bytes a step, once warm", 0, memory.BytesPerStep);
            report.AtLeast("hardened: decisions right, training images", 99, Agreement(model, train, out _), "%");
            report.AtLeast("hardened: decisions right, other writers", 94, Agreement(model, test, out double[][] shares), "%");
            Console.WriteLine("picture: " + new Picture(output).Stacked("soft-switch", "Which input the hardened switch passes (test images)",
                "digit", "share of its images", test.Classes, ("first input", shares[0]), ("second input", shares[1])));
        });

    /// <summary>Through the hard switch the inputs get gradients; the network that sets it gets none: exactly zero.</summary>
    private static void HardSwitchTeachesNothing(Report report, Switch model, Questions questions)
    {
        using var tape = new Tape<float>();
        int[] batch = [.. Enumerable.Range(0, Batch)];
        (Variable<float> image, Variable<float> x, Variable<float> meant) = questions.Draw(tape, batch);
        Variable<float> z = model.Control(tape, image);
        foreach ((string kind, Variable<float> w) in new[] { ("hard", Switch.Hard(z)), ("soft", Switch.Soft(z, Warm)) })
        {
            Gradients<float> g = tape.Backward(Switch.Pass(w, x).MeanSquaredError(meant));
            double control = model.Parameters.Max(p => Greatest(g[p])), inputs = Greatest(g[x]);
            report.Line($"{kind} switch: inputs get a gradient", "not 0", $"{inputs:G3}", inputs > 0);
            if (kind == "hard") report.Near("hard switch: gradient of the control, exactly", 0, control, 0);
            else report.Line("soft switch: the control gets one, too", "not 0", $"{control:G3}", control > 0);
        }
    }

    /// <summary>Percent of the images for which the hard switch passes the input that the rule means.</summary>
    private static double Agreement(Switch model, Dataset images, out double[][] shares)
    {
        using var tape = new Tape<float>();
        ReadOnlySpan<float> w = Switch.Hard(model.Control(tape, tape.Constant(images.Features, [images.Count, images.FeatureSize]))).Values;
        shares = [new double[10], new double[10]];
        int right = 0;
        for (int i = 0; i < images.Count; i++)
        {
            int digit = images.Labels[i], passed = w[2 * i] == 1 ? 0 : 1;
            shares[passed][digit] += 1.0 / images.Labels.Count(label => label == digit);
            if (passed == Questions.Rule(digit)) right++;
        }
        return 100.0 * right / images.Count;
    }

    private static double Greatest(ReadOnlySpan<float> gradient)
    {
        double greatest = 0;
        foreach (float slope in gradient) greatest = Math.Max(greatest, Math.Abs(slope));
        return greatest;
    }
}
