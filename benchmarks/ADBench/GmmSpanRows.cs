namespace Autodiff.Benchmarks;

/// <summary>The gradient of a Gaussian mixture by rows, the term of a point written with Dot and LogSumExp.</summary>
internal sealed class GmmSpanRows : IDerivative
{
    private readonly GmmInstance g;
    private readonly Tape<double> tape = new();
    private readonly GmmSpans model;
    private readonly Func<ReadOnlySpan<Scalar<double>>, Scalar<double>> term;
    private readonly double[] gradient;

    public GmmSpanRows(GmmInstance g)
    {
        this.g = g;
        model = new GmmSpans(g);
        gradient = new double[g.Parameters.Length];
        term = model.Term;
    }

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        tape.Reset();
        model.Record(tape);
        Scalar<double> f = tape.SumRows(g.Data, g.Dimension, term) + model.Rest();
        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = bars[model.Leaves[i]];
    }

    public void Dispose() => tape.Dispose();
}
