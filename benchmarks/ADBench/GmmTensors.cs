namespace Autodiff.Benchmarks;

/// <summary>The gradient of a Gaussian mixture by tensors: all Lₖ under each other make one matrix, Lₖ(x − μₖ) for all points and components is one product.</summary>
internal sealed class GmmTensors : IDerivative
{
    private readonly GmmInstance g;
    private readonly Tape<double> tape = new();
    private readonly int[] places;
    private readonly double[] zeros;
    private readonly double[] gradient;

    public GmmTensors(GmmInstance g)
    {
        this.g = g;
        gradient = new double[g.Parameters.Length];
        zeros = new double[g.Components];

        // where each element of L stands in [q, below, exp q, 0]
        int d = g.Dimension;
        places = new int[d * d];
        for (int row = 0; row < d; row++)
            for (int column = 0; column < d; column++)
                places[(row * d) + column] = row < column ? g.FactorSize + d : row == column ? g.FactorSize + row : g.Below(row, column);
    }

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        tape.Reset();
        int k = g.Components, d = g.Dimension, n = g.Points, factors = g.FactorStart(0);
        Variable<double> x = tape.Constant(g.Data, [n, d]);
        Variable<double> alphas = tape.Variable(g.Alphas, [k]);
        Variable<double> means = tape.Variable(g.Parameters.AsSpan(k, k * d), [k, d]);
        Variable<double> icf = tape.Variable(g.Parameters.AsSpan(factors), [k, g.FactorSize]);

        Variable<double> q = icf.Slice(1, 0, d), diagonals = q.Exp();
        Variable<double> l = Variable.Concat([icf, diagonals, tape.Constant(zeros, [k, 1])], 1).IndexSelect(places, 1).Reshape([k, d, d]);
        Variable<double> shifts = l.MatMul(means.Unsqueeze(2)).Reshape([k * d]);
        Variable<double> distances = (x.MatMul(l.Reshape([k * d, d]).Transpose()) - shifts).Square().Reshape([n, k, d]).Sum(2);
        Scalar<double> f = (alphas + q.Sum(1) - (0.5 * distances)).LogSumExp(1).Sum() - (n * alphas.LogSumExp()) + g.Constant;
        f += (0.5 * g.Gamma * g.Gamma * (diagonals.Square().Sum() + icf.Slice(1, d, g.FactorSize - d).Square().Sum())) - (g.Freedom * q.Sum());

        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        bars[alphas].CopyTo(gradient);
        bars[means].CopyTo(gradient.AsSpan(k));
        bars[icf].CopyTo(gradient.AsSpan(factors));
    }

    public void Dispose() => tape.Dispose();
}
