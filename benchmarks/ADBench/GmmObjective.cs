namespace Autodiff.Benchmarks;

/// <summary>
/// The objective of a Gaussian mixture in plain numbers: Σᵢ log Σₖ exp(αₖ + Σ qₖ − ½·‖Lₖ(xᵢ − μₖ)‖²) − n·log Σₖ exp αₖ and the prior. What the derivatives
/// are measured against; exponentials and sums that do not depend on the point are taken out of the loop.
/// </summary>
internal sealed class GmmObjective(GmmInstance g)
{
    private readonly double[] diagonals = new double[g.Components * g.Dimension];
    private readonly double[] weights = new double[g.Components];
    private readonly double[] terms = new double[g.Components];
    private readonly double[] centred = new double[g.Dimension];
    private readonly double[] y = new double[g.Dimension];

    /// <summary>Where a run leaves its value.</summary>
    public double Value { get; private set; }

    public void Run() => Value = Evaluate();

    public double Evaluate()
    {
        double prior = Prepare(), sum = 0;
        for (int i = 0; i < g.Points; i++)
        {
            ReadOnlySpan<double> x = g.Point(i);
            for (int k = 0; k < terms.Length; k++) terms[k] = weights[k] - (0.5 * SquaredDistance(x, k));
            sum += LogSumExp(terms);
        }

        return sum - (g.Points * LogSumExp(g.Alphas)) + prior + g.Constant;
    }

    /// <summary>log Σ exp x, shifted by the greatest x.</summary>
    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double e in x) max = Math.Max(max, e);
        foreach (double e in x) sum += Math.Exp(e - max);
        return Math.Log(sum) + max;
    }

    private double Prepare()
    {
        double prior = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            ReadOnlySpan<double> factor = g.Factor(k), q = factor[..g.Dimension];
            Span<double> diagonal = diagonals.AsSpan(k * g.Dimension, q.Length);
            double logDeterminant = 0, squares = 0;
            for (int j = 0; j < q.Length; j++)
            {
                logDeterminant += q[j];
                diagonal[j] = Math.Exp(q[j]);
                squares += diagonal[j] * diagonal[j];
            }

            foreach (double l in factor[g.Dimension..]) squares += l * l;
            weights[k] = g.Alphas[k] + logDeterminant;
            prior += (0.5 * g.Gamma * g.Gamma * squares) - (g.Freedom * logDeterminant);
        }

        return prior;
    }

    private double SquaredDistance(ReadOnlySpan<double> x, int k)
    {
        ReadOnlySpan<double> mean = g.Mean(k), diagonal = diagonals.AsSpan(k * g.Dimension, x.Length), below = g.Factor(k)[x.Length..];
        Span<double> c = centred.AsSpan(0, x.Length), o = y.AsSpan(0, x.Length);
        for (int j = 0; j < x.Length; j++)
        {
            c[j] = x[j] - mean[j];
            o[j] = diagonal[j] * c[j];
        }

        for (int i = 0; i < c.Length - 1; i++)
        {
            Span<double> rest = o[(i + 1)..];
            ReadOnlySpan<double> column = below[..rest.Length];
            double xi = c[i];
            for (int j = 0; j < rest.Length; j++) rest[j] += column[j] * xi;
            below = below[rest.Length..];
        }

        double sum = 0;
        foreach (double e in o) sum += e * e;
        return sum;
    }
}
