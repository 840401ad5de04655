namespace Autodiff.Benchmarks;

/// <summary>
/// The Gaussian mixture on a tape by operations of many scalars (Dot, SumOfSquares, LogSumExp), each of them one step. What they read is recorded one directly
/// after the other, which is their cheapest form: the rows of L, each ending with its exp q; the centred point; the elements of the product; the terms.
/// </summary>
internal sealed class GmmSpans(GmmInstance g)
{
    private readonly Scalar<double>[] rows = new Scalar<double>[g.Components * g.FactorSize];
    private readonly Scalar<double>[] weights = new Scalar<double>[g.Components];
    private readonly Scalar<double>[] distances = new Scalar<double>[g.Components];
    private readonly Scalar<double>[] terms = new Scalar<double>[g.Components];
    private readonly Scalar<double>[] centred = new Scalar<double>[g.Dimension];
    private readonly Scalar<double>[] y = new Scalar<double>[g.Dimension];

    /// <summary>The parameters, in their order.</summary>
    public Scalar<double>[] Leaves { get; } = new Scalar<double>[g.Parameters.Length];

    /// <summary>Records the parameters and what is made of them once.</summary>
    public void Record(Tape<double> tape)
    {
        int d = g.Dimension;
        for (int i = 0; i < g.FactorStart(0); i++) Leaves[i] = tape.Variable(g.Parameters[i]);
        for (int k = 0; k < weights.Length; k++)
        {
            int start = g.FactorStart(k);
            for (int j = 0; j < d; j++) Leaves[start + j] = tape.Variable(g.Parameters[start + j]);
            weights[k] = Leaves[k] + Scalar.Sum<double>(Leaves.AsSpan(start, d));
            Span<Scalar<double>> l = rows.AsSpan(k * g.FactorSize, g.FactorSize);
            for (int row = 0, next = 0; row < d; row++)
            {
                for (int column = 0; column < row; column++)
                {
                    int place = start + g.Below(row, column);
                    l[next++] = Leaves[place] = tape.Variable(g.Parameters[place]);
                }

                l[next++] = Leaves[start + row].Exp();
            }
        }
    }

    /// <summary>log Σₖ exp(αₖ + Σ qₖ − ½·‖Lₖ(x − μₖ)‖²).</summary>
    public Scalar<double> Term(ReadOnlySpan<Scalar<double>> x)
    {
        for (int k = 0; k < distances.Length; k++) distances[k] = SquaredDistance(x, k);
        for (int k = 0; k < terms.Length; k++) terms[k] = weights[k] + (-0.5 * distances[k]);
        return Scalar.LogSumExp<double>(terms);
    }

    /// <summary>What does not depend on the points: −n·log Σ exp α, the prior and the constant.</summary>
    public Scalar<double> Rest()
    {
        Scalar<double> rest = g.Constant - (g.Points * Scalar.LogSumExp<double>(Leaves.AsSpan(0, g.Components)));
        for (int k = 0; k < weights.Length; k++)
        {
            Scalar<double> squares = Scalar.SumOfSquares<double>(rows.AsSpan(k * g.FactorSize, g.FactorSize));
            rest += (0.5 * g.Gamma * g.Gamma * squares) - (g.Freedom * (weights[k] - Leaves[k]));
        }

        return rest;
    }

    private Scalar<double> SquaredDistance(ReadOnlySpan<Scalar<double>> x, int k)
    {
        ReadOnlySpan<Scalar<double>> mean = Leaves.AsSpan(g.MeanStart(k), x.Length), l = rows.AsSpan(k * g.FactorSize, g.FactorSize), c = centred;
        for (int j = 0; j < centred.Length; j++) centred[j] = x[j] - mean[j];
        for (int j = 0; j < y.Length; j++)
        {
            y[j] = Scalar.Dot(l[..(j + 1)], c[..(j + 1)]);
            l = l[(j + 1)..];
        }

        return Scalar.SumOfSquares<double>(y);
    }
}
