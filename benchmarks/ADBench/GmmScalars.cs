namespace Autodiff.Benchmarks;

/// <summary>The Gaussian mixture on a tape, in scalars and plain operators: the leaves, what is made of them once, and the term of a point.</summary>
internal sealed class GmmScalars(GmmInstance g)
{
    private readonly Scalar<double>[] terms = new Scalar<double>[g.Components];
    private readonly Scalar<double>[] centred = new Scalar<double>[g.Dimension];
    private readonly Scalar<double>[] y = new Scalar<double>[g.Dimension];

    /// <summary>The parameters, in their order.</summary>
    public Scalar<double>[] Leaves { get; } = new Scalar<double>[g.Parameters.Length];

    /// <summary>exp q [K, d].</summary>
    public Scalar<double>[] Diagonals { get; } = new Scalar<double>[g.Components * g.Dimension];

    /// <summary>α + Σ q [K].</summary>
    public Scalar<double>[] Weights { get; } = new Scalar<double>[g.Components];

    public void RecordLeaves(Tape<double> tape)
    {
        for (int i = 0; i < Leaves.Length; i++) Leaves[i] = tape.Variable(g.Parameters[i]);
    }

    public void RecordDiagonals()
    {
        for (int k = 0; k < Weights.Length; k++)
        {
            ReadOnlySpan<Scalar<double>> q = Leaves.AsSpan(g.FactorStart(k), g.Dimension);
            Scalar<double> weight = Leaves[k];
            for (int j = 0; j < q.Length; j++)
            {
                weight += q[j];
                Diagonals[(k * q.Length) + j] = q[j].Exp();
            }

            Weights[k] = weight;
        }
    }

    /// <summary>log Σₖ exp(αₖ + Σ qₖ − ½·‖Lₖ(x − μₖ)‖²).</summary>
    public Scalar<double> Term(ReadOnlySpan<Scalar<double>> x) => LogSumExp(Terms(x));

    /// <summary>αₖ + Σ qₖ − ½·‖Lₖ(x − μₖ)‖² for each k.</summary>
    public ReadOnlySpan<Scalar<double>> Terms(ReadOnlySpan<Scalar<double>> x)
    {
        for (int k = 0; k < terms.Length; k++) terms[k] = Weights[k] - (0.5 * SquaredDistance(x, k));
        return terms;
    }

    /// <summary>What does not depend on the points: −n·log Σ exp α, the prior and the constant.</summary>
    public Scalar<double> Rest()
    {
        Scalar<double> rest = g.Constant - (g.Points * LogSumExp(Leaves.AsSpan(0, g.Components)));
        for (int k = 0; k < Weights.Length; k++)
        {
            Scalar<double> squares = 0;
            foreach (Scalar<double> e in Diagonals.AsSpan(k * g.Dimension, g.Dimension)) squares += e * e;
            foreach (Scalar<double> e in Leaves.AsSpan(g.FactorStart(k) + g.Dimension, g.FactorSize - g.Dimension)) squares += e * e;
            rest += (0.5 * g.Gamma * g.Gamma * squares) - (g.Freedom * (Weights[k] - Leaves[k]));
        }

        return rest;
    }

    private static Scalar<double> LogSumExp(ReadOnlySpan<Scalar<double>> x)
    {
        double max = double.NegativeInfinity;
        foreach (Scalar<double> e in x) max = Math.Max(max, e.Value);
        Scalar<double> sum = 0;
        foreach (Scalar<double> e in x) sum += (e - max).Exp();
        return sum.Log() + max;
    }

    private Scalar<double> SquaredDistance(ReadOnlySpan<Scalar<double>> x, int k)
    {
        int d = x.Length;
        ReadOnlySpan<Scalar<double>> mean = Leaves.AsSpan(g.MeanStart(k), d), diagonal = Diagonals.AsSpan(k * d, d);
        ReadOnlySpan<Scalar<double>> below = Leaves.AsSpan(g.FactorStart(k) + d, g.FactorSize - d);
        Span<Scalar<double>> c = centred.AsSpan(0, d), o = y.AsSpan(0, d);
        for (int j = 0; j < d; j++) c[j] = x[j] - mean[j];
        for (int j = 0; j < d; j++) o[j] = diagonal[j] * c[j];
        int next = 0;
        for (int i = 0; i < d; i++)
        {
            Scalar<double> xi = c[i];
            for (int j = i + 1; j < d; j++) o[j] += below[next++] * xi;
        }

        Scalar<double> sum = o[0] * o[0];
        for (int j = 1; j < d; j++) sum += o[j] * o[j];
        return sum;
    }
}
