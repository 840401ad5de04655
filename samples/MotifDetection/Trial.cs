using Autodiff;

/// <summary>One training run. The tape is its own, so that several runs can go on at once.</summary>
internal sealed class Trial(Model model, double dropout, Dataset train, int seed) : IDisposable
{
    private const int Batch = 32;
    private const double First = 0.002;
    private readonly AdamW<float> _optimizer = new(model.Parameters, learningRate: First, weightDecay: 0.03);
    private readonly Batches _batches = new(train.Count, Batch, seed);
    private readonly Random _random = new(seed);
    private readonly float[] _x = new float[Batch * train.FeatureSize];
    private readonly int[] _labels = new int[Batch];
    private readonly Tape<float> _tape = new();

    public Model Model => model;

    public StepMemory Memory { get; } = new();

    public void Epoch(int epoch, int epochs)
    {
        // The learning rate falls to nothing along half a cosine.
        _optimizer.LearningRate = First * (1 + Math.Cos(Math.PI * epoch / epochs)) / 2;
        Memory.NextEpoch();
        foreach (ReadOnlySpan<int> batch in _batches.NextEpoch())
        {
            Memory.Begin();
            train.CopyBatch(batch, _x, _labels);
            _tape.Reset();
            Variable<float> x = _tape.Constant(_x.AsSpan(0, batch.Length * train.FeatureSize), [batch.Length, Model.Bases, Splice.Length]);
            Scalar<float> loss = model.Scores(_tape, x, dropout, _random).CrossEntropy(_labels.AsSpan(0, batch.Length));
            _optimizer.Step(_tape.Backward(loss));
            Memory.End();
        }
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>Percent of the windows that get the wrong class.</summary>
    public double Error(Dataset data)
    {
        using var tape = new Tape<float>();
        return data.Error(model.Scores(tape, tape.Constant(data.Features, [data.Count, Model.Bases, Splice.Length])).Values);
    }

    /// <summary>Responses to all windows, [n, detectors, positions].</summary>
    public float[] Responses(Dataset data)
    {
        using var tape = new Tape<float>();
        return model.Response(tape, tape.Constant(data.Features, [data.Count, Model.Bases, Splice.Length])).Values.ToArray();
    }
}
