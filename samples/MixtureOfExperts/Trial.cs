using Autodiff;

/// <summary>One training run. The tape is its own, so that several runs can go on at once.</summary>
internal sealed class Trial(IClassifier model, Dataset train, int seed) : IDisposable
{
    private const int Batch = 32;
    private const double First = 0.01;
    private readonly AdamW<float> _optimizer = new(model.Parameters, learningRate: First, weightDecay: 0.1);
    private readonly Batches _batches = new(train.Count, Batch, seed);
    private readonly float[] _x = new float[Batch * train.FeatureSize];
    private readonly int[] _labels = new int[Batch];
    private readonly Tape<float> _tape = new();

    public IClassifier Model => model;

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
            Variable<float> x = _tape.Constant(_x.AsSpan(0, batch.Length * train.FeatureSize), [batch.Length, train.FeatureSize]);
            Scalar<float> loss = model.Scores(_tape, x).CrossEntropy(_labels.AsSpan(0, batch.Length));
            _optimizer.Step(_tape.Backward(loss));
            Memory.End();
        }
    }

    public void Dispose() => _tape.Dispose();

    /// <summary>Percent of the examples that get the right class.</summary>
    public double Accuracy(Dataset data)
    {
        using var tape = new Tape<float>();
        return 100 - data.Error(model.Scores(tape, tape.Constant(data.Features, [data.Count, data.FeatureSize])).Values);
    }
}
