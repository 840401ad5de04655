namespace Autodiff.Benchmarks;

/// <summary>
/// The gradient of a Gaussian mixture point by point: mark, record a term, sweep it, rewind. The tape holds one term, however many points there are; what all
/// terms share (exp q, α + Σ q) is before the mark and swept once, at the end.
/// </summary>
internal sealed class GmmTerms(GmmInstance g) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly GmmScalars model = new(g);
    private readonly Scalar<double>[] x = new Scalar<double>[g.Dimension];
    private readonly double[] gradient = new double[g.Parameters.Length];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        tape.Reset();
        model.RecordLeaves(tape);
        model.RecordDiagonals();
        Scalar<double> rest = model.Rest();
        Gradients<double> sum = tape.Accumulate();
        tape.Backward(rest, sum);
        Value = rest.Value;
        TapeMark mark = tape.Mark();
        for (int i = 0; i < g.Points; i++)
        {
            ReadOnlySpan<double> point = g.Point(i);
            for (int j = 0; j < x.Length; j++) x[j] = point[j];
            Scalar<double> term = model.Term(x);
            Value += term.Value;
            tape.Backward(term, sum);
            tape.Rewind(mark);
        }

        tape.Complete(sum);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = sum[model.Leaves[i]];
    }

    public void Dispose() => tape.Dispose();
}
