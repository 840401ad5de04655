using Autodiff;

ConsoleApp.Run(args, ConvolutionalNetwork.Run);

/// <summary>Filters with shared weights slide over an image, twice; MAX over windows; a linear classifier on top.</summary>
internal sealed class Model(Random random)
{
    private const int First = 16, Second = 32, Kernel = 3, Classes = 10, Pooled = Second * (Digits.Side / 2) * (Digits.Side / 2);

    private readonly Parameter<float>
        _filters = new(Initial.Uniform(First * Kernel * Kernel, Kernel * Kernel, random), [First, 1, Kernel, Kernel], "filters"),
        _firstBias = new([First], "first bias"),
        _second = new(Initial.Uniform(Second * First * Kernel * Kernel, First * Kernel * Kernel, random), [Second, First, Kernel, Kernel], "second"),
        _secondBias = new([Second], "second bias"),
        _readout = new(Initial.Uniform(Pooled * Classes, Pooled, random), [Pooled, Classes], "readout"),
        _offset = new([Classes], "offset");

    public Parameter<float>[] Parameters => [_filters, _firstBias, _second, _secondBias, _readout, _offset];

    /// <summary>The first filters, [16, 3, 3].</summary>
    public ReadOnlySpan<float> Filters => _filters.Values;

    /// <summary>x is [n, 1, 8, 8]; half of what the classifier sees is dropped in training, when there is a random.</summary>
    public Variable<float> Scores(Tape<float> tape, Variable<float> x, Random? dropout = null)
    {
        Variable<float> h = x.Conv2d(tape.Variable(_filters), tape.Variable(_firstBias), padding: 1).Relu();       // [n, 16, 8, 8]
        h = h.Conv2d(tape.Variable(_second), tape.Variable(_secondBias), padding: 1).Relu().MaxPool2d(window: 2);  // [n, 32, 4, 4]
        h = h.Reshape([x.Shape[0], Pooled]);
        if (dropout is not null) h = h.Dropout(0.5, dropout);
        return h.MatMul(tape.Variable(_readout)) + tape.Variable(_offset);
    }
}

/// <summary>One training run. The tape is its own, so that several runs can go on at once.</summary>
internal sealed class Trial(Dataset train, int seed) : IDisposable
{
    private const int Batch = 32;
    private const double First = 0.003;
    private readonly Random _random = new(seed);
    private readonly Batches _batches = new(train.Count, Batch, seed);
    private readonly float[] _x = new float[Batch * train.FeatureSize];
    private readonly int[] _labels = new int[Batch];
    private readonly Tape<float> _tape = new();
    private AdamW<float>? _optimizer;

    public Model Model { get; } = new(new Random(seed));

    public StepMemory Memory { get; } = new();

    public void Epoch(int epoch, int epochs)
    {
        _optimizer ??= new AdamW<float>(Model.Parameters, learningRate: First);
        // The learning rate falls to nothing along half a cosine.
        _optimizer.LearningRate = First * (1 + Math.Cos(Math.PI * epoch / epochs)) / 2;
        Memory.NextEpoch();
        foreach (ReadOnlySpan<int> batch in _batches.NextEpoch())
        {
            Memory.Begin();
            train.CopyBatch(batch, _x, _labels);
            Span<float> images = _x.AsSpan(0, batch.Length * train.FeatureSize);
            for (int i = 0; i < images.Length; i += train.FeatureSize)
                Shift(images.Slice(i, train.FeatureSize), _random.Next(-1, 2), _random.Next(-1, 2));
            _tape.Reset();
            Variable<float> x = _tape.Constant(images, [batch.Length, 1, Digits.Side, Digits.Side]);
            Scalar<float> loss = Model.Scores(_tape, x, _random).CrossEntropy(_labels.AsSpan(0, batch.Length));
            _optimizer.Step(_tape.Backward(loss));
            Memory.End();
        }
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>Percent of the images that get the wrong digit.</summary>
    public double Error(Dataset data)
    {
        using var tape = new Tape<float>();
        return data.Error(Model.Scores(tape, tape.Constant(data.Features, [data.Count, 1, Digits.Side, Digits.Side])).Values);
    }

    /// <summary>Moves an image by whole pixels; what comes in at the border is paper.</summary>
    private static void Shift(Span<float> image, int down, int right)
    {
        Span<float> old = stackalloc float[Digits.Side * Digits.Side];
        image.CopyTo(old);
        image.Clear();
        for (int row = Math.Max(0, down); row < Math.Min(Digits.Side, Digits.Side + down); row++)
            for (int column = Math.Max(0, right); column < Math.Min(Digits.Side, Digits.Side + right); column++)
                image[row * Digits.Side + column] = old[(row - down) * Digits.Side + column - right];
    }
}

/// <summary>Shared filters on handwritten digits of writers who were not seen in training.</summary>
internal static class ConvolutionalNetwork
{
    /// <summary>Trains convolutional networks and draws the filters of the first.</summary>
    /// <param name="epochs">Passes over the 1,347 training images, each moved anew by up to a pixel.</param>
    /// <param name="seed">Seed of the first run; the others follow it.</param>
    /// <param name="runs">Runs that the mean is taken of.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 40, int seed = 1, int runs = 3, string output = "output", string? data = null) => Report.Run(
        "Convolutional network: filters with shared weights slide over 8 × 8 images of digits", report =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
            (Dataset train, Dataset test) = Digits.Load(data);
            Trial[] trials = [.. Enumerable.Range(seed, runs).Select(s => new Trial(train, s))];
            Training.Run($"{runs} runs", epochs, epoch =>
            {
                Parallel.ForEach(trials, trial => trial.Epoch(epoch, epochs));
                return $"training error {trials[0].Error(train):F1} %";
            });
            var errors = new Spread([.. trials.Select(trial => trial.Error(test))]);
            Console.WriteLine($"Test error in percent, 450 images by other writers: {errors}; nearest neighbour 3.8, three nearest 3.3");
            report.AtMost($"test error, mean of {runs} runs", 2.5, errors.Mean, "%");
            report.AtMost("managed bytes a step, once warm", 0, trials.Max(trial => trial.Memory.BytesPerStep));
            Console.WriteLine("picture: " + new Picture(output).Grid("filters", "The 16 filters of the first layer", "weight",
                trials[0].Model.Filters, 3, 3, columns: 8));
            foreach (Trial trial in trials) trial.Dispose();
        });
}
