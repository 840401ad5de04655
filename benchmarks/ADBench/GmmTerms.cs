namespace Autodiff.Benchmarks;

/// <summary>
/// The gradient of a Gaussian mixture point by point: mark, record a term, sweep, rewind. The tape holds one term, however many points there are. What all
/// terms share (exp q, α + Σ q) is cut off: it enters as leaves, and its cotangents are passed on in one last sweep.
/// </summary>
internal sealed class GmmTerms(GmmInstance g) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly GmmScalars model = new(g);
    private readonly Scalar<double>[] x = new Scalar<double>[g.Dimension];
    private readonly double[] gradient = new double[g.Parameters.Length];
    private readonly double[] diagonalBars = new double[g.Components * g.Dimension];
    private readonly double[] weightBars = new double[g.Components];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        foreach (double[] bars in (ReadOnlySpan<double[]>)[gradient, diagonalBars, weightBars]) Array.Clear(bars);
        tape.Reset();
        model.RecordLeaves(tape);
        model.RecordDiagonals();
        Cut(model.Diagonals);
        Cut(model.Weights);
        TapeMark mark = tape.Mark();
        Value = 0;
        for (int i = 0; i < g.Points; i++)
        {
            ReadOnlySpan<double> point = g.Point(i);
            for (int j = 0; j < x.Length; j++) x[j] = point[j];
            Scalar<double> term = model.Term(x);
            Value += term.Value;
            Gradients<double> bars = tape.Backward(term);
            Add(bars, model.Weights, weightBars);
            Add(bars, model.Diagonals, diagonalBars);
            int means = g.MeanStart(0), factors = g.FactorStart(0);
            Add(bars, model.Leaves.AsSpan(means, factors - means), gradient.AsSpan(means));
            for (int k = 0; k < g.Components; k++)
            {
                int below = g.FactorStart(k) + g.Dimension, end = g.FactorStart(k + 1);
                Add(bars, model.Leaves.AsSpan(below, end - below), gradient.AsSpan(below));
            }

            tape.Rewind(mark);
        }

        PassOn();
    }

    public void Dispose() => tape.Dispose();

    private static void Add(Gradients<double> bars, ReadOnlySpan<Scalar<double>> of, Span<double> to)
    {
        for (int i = 0; i < of.Length; i++) to[i] += bars[of[i]];
    }

    private void Cut(Span<Scalar<double>> shared)
    {
        foreach (ref Scalar<double> e in shared) e = tape.Variable(e.Value);
    }

    private void PassOn()
    {
        tape.Reset();
        model.RecordLeaves(tape);
        model.RecordDiagonals();
        Scalar<double> f = model.Rest();
        Value += f.Value;
        for (int i = 0; i < weightBars.Length; i++) f += weightBars[i] * model.Weights[i];
        for (int i = 0; i < diagonalBars.Length; i++) f += diagonalBars[i] * model.Diagonals[i];
        Add(tape.Backward(f), model.Leaves, gradient);
    }
}
