namespace Autodiff.Benchmarks;

/// <summary>
/// The objective of a Gaussian mixture in plain numbers: Σᵢ log Σₖ exp(αₖ + Σ qₖ − ½·‖Lₖ(xᵢ − μₖ)‖²) − n·log Σₖ exp αₖ and the prior. What the derivatives
/// are measured against: exponentials and sums that do not depend on the point are taken out of the loop, and L is laid out row by row, so that an element of
/// the product stays in a register, which takes a quarter off the time.
/// </summary>
internal sealed class GmmObjective(GmmInstance g)
{
    private readonly double[] rows = new double[g.Components * g.FactorSize];
    private readonly double[] weights = new double[g.Components];
    private readonly double[] terms = new double[g.Components];
    private readonly double[] centred = new double[g.Dimension];

    /// <summary>Where a run leaves its value.</summary>
    public double Value { get; private set; }

    public void Run() => Value = Evaluate();

    public double Evaluate()
    {
        double sum = Prepare();
        for (int i = 0; i < g.Points; i++)
        {
            ReadOnlySpan<double> x = g.Point(i);
            for (int k = 0; k < terms.Length; k++) terms[k] = weights[k] - (0.5 * SquaredDistance(x, k));
            sum += LogSumExp(terms);
        }

        return sum - (g.Points * LogSumExp(g.Alphas)) + g.Constant;
    }

    /// <summary>log Σ exp x, shifted by the greatest x.</summary>
    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double e in x) max = Math.Max(max, e);
        foreach (double e in x) sum += Math.Exp(e - max);
        return Math.Log(sum) + max;
    }

    /// <summary>Lays out the factors; the prior.</summary>
    private double Prepare()
    {
        double prior = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            ReadOnlySpan<double> factor = g.Factor(k);
            Span<double> l = rows.AsSpan(k * g.FactorSize, g.FactorSize);
            double logDeterminant = 0, squares = 0;
            for (int row = 0, next = 0; row < g.Dimension; row++)
            {
                for (int column = 0; column < row; column++) l[next++] = factor[g.Below(row, column)];
                l[next++] = Math.Exp(factor[row]);
                logDeterminant += factor[row];
            }

            foreach (double e in l) squares += e * e;
            weights[k] = g.Alphas[k] + logDeterminant;
            prior += (0.5 * g.Gamma * g.Gamma * squares) - (g.Freedom * logDeterminant);
        }

        return prior;
    }

    private double SquaredDistance(ReadOnlySpan<double> x, int k)
    {
        ReadOnlySpan<double> mean = g.Mean(k), l = rows.AsSpan(k * g.FactorSize, g.FactorSize);
        Span<double> c = centred.AsSpan(0, x.Length);
        double sum = 0;
        for (int j = 0; j < c.Length; j++)
        {
            c[j] = x[j] - mean[j];
            ReadOnlySpan<double> row = l[..(j + 1)], head = c[..row.Length];
            double y = 0;
            for (int i = 0; i < row.Length; i++) y += row[i] * head[i];
            sum += y * y;
            l = l[row.Length..];
        }

        return sum;
    }
}
