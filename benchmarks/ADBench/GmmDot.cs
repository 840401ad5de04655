namespace Autodiff.Benchmarks;

/// <summary>The gradient of a Gaussian mixture by operations of many scalars: everything on the tape, one sweep.</summary>
internal sealed class GmmDot(GmmInstance g) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly GmmSpans model = new(g);
    private readonly Scalar<double>[] x = new Scalar<double>[g.Dimension];
    private readonly double[] gradient = new double[g.Parameters.Length];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        tape.Reset();
        model.Record(tape);
        Scalar<double> f = model.Rest();
        for (int i = 0; i < g.Points; i++)
        {
            ReadOnlySpan<double> point = g.Point(i);
            for (int j = 0; j < x.Length; j++) x[j] = point[j];
            f += model.Term(x);
        }

        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = bars[model.Leaves[i]];
    }

    public void Dispose() => tape.Dispose();
}
