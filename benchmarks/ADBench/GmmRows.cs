namespace Autodiff.Benchmarks;

/// <summary>
/// The gradient of a Gaussian mixture by rows: the term of a point is recorded once in every call, in plain operators, and replayed over lanes for all points.
/// The parameters, and what is made of them once, are scalars from outside.
/// </summary>
internal sealed class GmmRows : IDerivative
{
    private readonly GmmInstance g;
    private readonly Tape<double> tape = new();
    private readonly GmmScalars model;
    private readonly Func<ReadOnlySpan<Scalar<double>>, Scalar<double>> term;
    private readonly double[] gradient;

    public GmmRows(GmmInstance g)
    {
        this.g = g;
        model = new GmmScalars(g);
        gradient = new double[g.Parameters.Length];

        // the greatest term differs from point to point: the shift by it is the operation's business here
        term = x => Scalar.LogSumExp(model.Terms(x));
    }

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        tape.Reset();
        model.RecordLeaves(tape);
        model.RecordDiagonals();
        Scalar<double> f = tape.SumRows(g.Data, g.Dimension, term) + model.Rest();
        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = bars[model.Leaves[i]];
    }

    public void Dispose() => tape.Dispose();
}
