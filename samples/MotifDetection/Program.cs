using System.Numerics.Tensors;
using Autodiff;

ConsoleApp.Run(args, MotifDetection.Run);

/// <summary>Detectors with shared weights slide along a sequence, MAX says where they saw their motif, a linear classifier decides.</summary>
internal sealed class Model
{
    private readonly Parameter<float> _threshold, _readout, _offset = new([3], "offset");

    /// <param name="count">Number of detectors.</param>
    /// <param name="width">Bases that a detector sees at a time.</param>
    /// <param name="window">Positions that one MAX takes together: a few, or all there are.</param>
    /// <param name="random">Draws the first weights.</param>
    public Model(int count, int width, int window, Random random)
    {
        (Detectors, Width, Window, Windows) = (count, width, window, (Splice.Length - width + 1) / window);
        Motifs = new(Uniform(count * 4 * width, 4 * width, random), [count, 4, width], "motifs");
        _threshold = new([count], "threshold");
        _readout = new(Uniform(count * Windows * 3, count * Windows, random), [count * Windows, 3], "readout");
    }

    public int Detectors { get; }

    public int Width { get; }

    public int Window { get; }

    public int Windows { get; }

    public Parameter<float> Motifs { get; }

    public ReadOnlySpan<float> Readout => _readout.Values;

    public Parameter<float>[] Parameters => [Motifs, _threshold, _readout, _offset];

    /// <summary>response = w ∗ x: one detector, the same weights at every position.</summary>
    public Variable<float> Response(Tape<float> tape, Variable<float> x) => x.Conv1d(tape.Variable(Motifs), tape.Variable(_threshold));

    /// <summary>seen = MAX of the response over the positions of a window; scores = seen·V + c.</summary>
    public Variable<float> Scores(Tape<float> tape, Variable<float> x, float dropout = 0, Random? random = null)
    {
        Variable<float> response = Response(tape, x);                     // [n, detectors, positions]
        Variable<float> seen = response.MaxPool1d(Window, Window);        // [n, detectors, windows]
        if (random is not null) seen = seen.Dropout(dropout, random);
        return seen.Reshape([x.Shape[0], -1]).MatMul(tape.Variable(_readout)) + tape.Variable(_offset);
    }

    private static float[] Uniform(int size, int inputs, Random random) =>
        [.. Enumerable.Range(0, size).Select(_ => (2 * random.NextSingle() - 1) / MathF.Sqrt(inputs))];
}

/// <summary>One training run with a tape of its own, so that several can go on at once.</summary>
internal sealed class Trial(Model model, float dropout, Dataset train, int seed)
{
    private const int Batch = 32;
    private readonly AdamW<float> _optimizer = new(model.Parameters, learningRate: 0.002f, weightDecay: 0.03f);
    private readonly Batches _batches = new(train.Count, Batch, seed);
    private readonly Random _random = new(seed);
    private readonly float[] _x = new float[Batch * train.FeatureSize];
    private readonly int[] _labels = new int[Batch];

    public Model Model => model;

    public void Epoch(int epoch, int epochs)
    {
        // the learning rate follows half a cosine from its first value to nothing
        _optimizer.LearningRate = 0.001f * (1 + MathF.Cos(MathF.PI * epoch / epochs));
        using var tape = new Tape<float>();
        foreach (ReadOnlySpan<int> batch in _batches.NextEpoch())
        {
            train.CopyBatch(batch, _x, _labels);
            tape.Reset();
            Variable<float> x = tape.Constant(_x.AsSpan(0, batch.Length * train.FeatureSize), [batch.Length, 4, Splice.Length]);
            Scalar<float> loss = model.Scores(tape, x, dropout, _random).CrossEntropy(_labels.AsSpan(0, batch.Length));
            _optimizer.Step(tape.Backward(loss));
        }
    }

    /// <summary>Percent of the windows whose greatest score is not their class's.</summary>
    public double Error(Dataset data)
    {
        using var tape = new Tape<float>();
        ReadOnlySpan<float> scores = model.Scores(tape, tape.Constant(data.Features, [data.Count, 4, Splice.Length])).Values;
        int wrong = 0;
        for (int i = 0; i < data.Count; i++)
            if (TensorPrimitives.IndexOfMax(scores.Slice(3 * i, 3)) != data.Labels[i]) wrong++;
        return 100.0 * wrong / data.Count;
    }

    /// <summary>Responses to all windows, [n, detectors, positions].</summary>
    public float[] Responses(Dataset data)
    {
        using var tape = new Tape<float>();
        return model.Response(tape, tape.Constant(data.Features, [data.Count, 4, Splice.Length])).Values.ToArray();
    }
}

internal static class MotifDetection
{
    private static readonly (string Method, double Error)[] _published =
        [("k-nearest neighbours", 15.4), ("backpropagation", 8.8), ("CART", 8.5), ("linear discriminant", 5.9), ("radial basis functions", 4.1)];

    /// <summary>Learns motifs of splice sites in DNA and tells junctions of exon and intron by them.</summary>
    /// <param name="epochs">Passes over the 2,000 training windows.</param>
    /// <param name="seed">Seed of the first run; the others follow it.</param>
    /// <param name="runs">Runs that the mean is taken of.</param>
    /// <param name="output">Folder of the pictures.</param>
    /// <param name="data">Folder of the data; beside the program if left out.</param>
    public static int Run(int epochs = 30, int seed = 1, int runs = 5, string output = "output", string? data = null) =>
        Report.Run("Motif detection: detectors slide along 60 bases of DNA, MAX over positions, a linear classifier on top", report =>
        {
            (Dataset train, Dataset test) = Splice.Load(data);
            Trial[] windows = [.. Enumerable.Range(seed, runs).Select(s => new Trial(new Model(24, 5, 2, new Random(s)), 0.6f, train, s))];
            Trial[] whole = [.. Enumerable.Range(seed, runs).Select(s => new Trial(new Model(32, 15, 46, new Random(s)), 0.2f, train, s))];
            Trial[] all = [.. windows, .. whole];
            Training.Run("training", epochs, epoch =>
            {
                Parallel.ForEach(all, trial => trial.Epoch(epoch, epochs));
                return $"test error {all[0].Error(test):F1} %";
            });

            Console.WriteLine("test error in percent, StatLog's split (published: Michie, Spiegelhalter, Taylor 1994)");
            foreach ((string method, double error) in _published) Console.WriteLine($"  {method,-40} {error,5:F1}");
            double forgetful = Summary("one MAX over the whole sequence", whole, test), mean = Summary("MAX over windows of 2 positions", windows, test);
            report.Line("MAX over windows, mean test error", "< 4.1 %", $"{mean:F2} %", mean < 4.1);
            report.AtLeast("one MAX forgets where: worse by", 10, forgetful - mean, "points");

            var picture = new Picture(output);
            foreach ((int label, string site, string letters) in new[] { (0, "donor", "GT"), (1, "acceptor", "AG") })
            {
                float[] frequencies = Learned(windows[0], test, label);
                string motif = Motif.Consensus(frequencies);
                report.Line($"motif of the {site} site holds {letters}", letters, motif, motif.Contains(letters, StringComparison.Ordinal));
                Console.WriteLine("picture: " + picture.Logo(site, $"What the {site} detector fires at", "information (bits)", Motif.Information(frequencies)));
            }
        });

    private static double Summary(string name, Trial[] trials, Dataset test)
    {
        double[] errors = [.. trials.Select(trial => trial.Error(test))];
        double mean = errors.Average(), spread = Math.Sqrt(errors.Sum(e => (e - mean) * (e - mean)) / Math.Max(1, errors.Length - 1));
        Console.WriteLine($"  {name,-36} {mean,5:F2} ± {spread:F2}, seeds: {string.Join(", ", errors.Select(e => $"{e:F2}"))}");
        return mean;
    }

    /// <summary>The bases at the places where the detector that speaks most for a class fires most: frequencies [4, width].</summary>
    private static float[] Learned(Trial trial, Dataset data, int label)
    {
        (Model model, float[] responses) = (trial.Model, trial.Responses(data));
        int positions = Splice.Length - model.Width + 1, units = model.Readout.Length / 3;
        int best = Enumerable.Range(0, units).MaxBy(unit => model.Readout[3 * unit + label] * data.Labels
            .Select((y, i) => Seen(i, unit).Response * (y == label ? 1.0 / data.Labels.Count(l => l == label) : -1.0 / data.Labels.Count(l => l != label))).Sum());
        var places = Enumerable.Range(0, data.Count).Select(i => Seen(i, best)).OrderByDescending(p => p.Response).Take(200);
        return Motif.Frequencies(data, places.Select(p => (p.Window, p.Start)), model.Width);

        (float Response, int Window, int Start) Seen(int i, int unit)
        {
            (int detector, int window) = Math.DivRem(unit, model.Windows);
            int from = (i * model.Detectors + detector) * positions + window * model.Window;
            int at = TensorPrimitives.IndexOfMax<float>(responses.AsSpan(from, model.Window));
            return (responses[from + at], i, window * model.Window + at);
        }
    }
}
