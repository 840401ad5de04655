using Autodiff;

ConsoleApp.Run(args, MixtureOfExperts.Run);

/// <summary>S = Σₖ wₖ·(output of expert k): a gater decides, for each input, which experts are listened to.</summary>
internal static class MixtureOfExperts
{
    // 8 experts and their gater have 960 parameters; a network of 46 units has 977.
    private const int Experts = 8, Units = 46;

    /// <summary>Experts for eleven vowels, said by speakers who were not heard in training.</summary>
    /// <param name="epochs">Passes over the 528 training utterances.</param>
    /// <param name="seed">Seed of the first run; the others follow it.</param>
    /// <param name="runs">Runs of each model.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 100, int seed = 1, int runs = 8, string output = "output", string? data = null) => Report.Run(
        "Mixture of experts: S = Σₖ wₖ·(output of expert k), w = softmax(gater)", report =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
            TwoExperts(report);
            (Dataset train, Dataset test) = Vowel.Load(data);
            Trial[] Trials(Func<Random, IClassifier> model) =>
                [.. Enumerable.Range(seed, runs).Select(s => new Trial(model(new Random(s)), train, s))];
            Trial[] single = Trials(random => new Mixture(1, random)), mixture = Trials(random => new Mixture(Experts, random));
            Trial[] network = Trials(random => new Network(Units, random)), all = [.. single, .. mixture, .. network];
            Training.Run($"{all.Length} runs", epochs, epoch =>
            {
                Parallel.ForEach(all, trial => trial.Epoch(epoch, epochs));
                return $"mixture {mixture.Average(trial => trial.Accuracy(train)):F1} % of the training utterances";
            });

            Console.WriteLine("Test accuracy in percent, 462 utterances of 7 other speakers");
            Console.WriteLine("(Robinson 1989, with one feature more: perceptron 33, network of 88 units 51, nearest neighbour 56):");
            double one = Mean("a single expert", single, test), mixed = Mean($"{Experts} experts and a gater", mixture, test);
            double net = Mean($"one network of {Units} tanh units", network, test);
            report.AtLeast($"{Experts} experts above a single one", 4, mixed - one, "points");
            Console.WriteLine($"The one network with as many parameters {(net > mixed ? "wins by" : "loses by")} {Math.Abs(net - mixed):F1} points.");
            report.AtMost("managed bytes a step, once warm", 0, all.Max(trial => trial.Memory.BytesPerStep));
            Picture(report, (Mixture)mixture[0].Model, test, new Picture(output));
            foreach (Trial trial in all) trial.Dispose();
        });

    private static double Mean(string name, Trial[] trials, Dataset test)
    {
        var accuracy = new Spread([.. trials.Select(trial => trial.Accuracy(test))]);
        Console.WriteLine($"  {name,-32} {trials[0].Model.Parameters.Sum(p => p.Size),4} parameters: {accuracy}");
        return accuracy.Mean;
    }

    /// <summary>Which expert takes which vowel: the gater's mean weights.</summary>
    private static void Picture(Report report, Mixture model, Dataset test, Picture picture)
    {
        using var tape = new Tape<float>();
        ReadOnlySpan<float> w = model.Weights(tape, tape.Constant(test.Features, [test.Count, test.FeatureSize])).Values;
        double[][] share = [.. Enumerable.Range(0, Experts).Select(_ => new double[Vowel.Classes])];
        for (int i = 0; i < w.Length; i++)
        {
            int vowel = test.Labels[i / Experts];
            share[i % Experts][vowel] += w[i] / test.Labels.Count(label => label == vowel);
        }
        report.AtMost("the busiest expert's share of all", 0.5, share.Max(expert => expert.Average()));
        report.AtLeast("a vowel's own expert, mean share of it", 0.25, Enumerable.Range(0, Vowel.Classes).Average(v => share.Max(expert => expert[v])));
        Console.WriteLine("picture: " + picture.Stacked("experts", "Which expert takes which vowel", "vowel", "mean weight of the expert",
            test.Classes, [.. share.Select((values, k) => ($"expert {k + 1}", values))]));
    }

    /// <summary>The note's form with inputs apart: expert 1 sees x₁, expert 2 sees x₂, the gater sees z.</summary>
    private static void TwoExperts(Report report)
    {
        using var tape = new Tape<double>();
        Variable<double> z = tape.Variable([0.5, -0.25], [2]), x1 = tape.Variable([1.0, -2], [2]), x2 = tape.Variable([0.5, 3], [2]);
        Variable<double> a = tape.Variable([0.3, -0.4], [2]), b = tape.Variable([-0.7, 0.1], [2]);
        Variable<double> w = z.Softmax(axis: 0);
        Scalar<double> expert1 = a.Dot(x1).Tanh(), expert2 = b.Dot(x2).Tanh();
        Scalar<double> s = w[0] * expert1 + w[1] * expert2;
        Gradients<double> g = tape.Backward(s);

        double w1 = 1 / (1 + Math.Exp(-0.75)), w2 = 1 - w1, s1 = Math.Tanh(0.3 + 0.8), s2 = Math.Tanh(-0.35 + 0.3);
        report.Near("S = w₁·expert₁(x₁) + w₂·expert₂(x₂)", w1 * s1 + w2 * s2, s.Value, 1e-14);
        report.Near("∂S/∂z₁ = w₁·(expert₁ − S)", w1 * (s1 - s.Value), g[z][0], 1e-14);
        report.Near("∂S/∂z₂ = w₂·(expert₂ − S)", w2 * (s2 - s.Value), g[z][1], 1e-14);
        report.Near("∂S/∂x₁, first: w₁·(1 − expert₁²)·a", w1 * (1 - s1 * s1) * 0.3, g[x1][0], 1e-14);
        report.Near("∂S/∂b, second: w₂·(1 − expert₂²)·x₂", w2 * (1 - s2 * s2) * 3, g[b][1], 1e-14);
    }
}
