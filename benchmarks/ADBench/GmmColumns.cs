namespace Autodiff.Benchmarks;

/// <summary>
/// The objective of a Gaussian mixture in plain numbers, with L column by column as it stands among the parameters: the loop that the derivative by plain
/// operators repeats. For information beside <see cref="GmmObjective"/>, which is faster.
/// </summary>
internal sealed class GmmColumns(GmmInstance g) : IDerivative
{
    private readonly double[] diagonals = new double[g.Components * g.Dimension];
    private readonly double[] weights = new double[g.Components];
    private readonly double[] terms = new double[g.Components];
    private readonly double[] centred = new double[g.Dimension];
    private readonly double[] y = new double[g.Dimension];

    public double Value { get; private set; }

    /// <summary>Nothing: it is the objective alone.</summary>
    public ReadOnlySpan<double> Result => [];

    public void Run()
    {
        double sum = g.Constant - (g.Points * GmmObjective.LogSumExp(g.Alphas));
        for (int k = 0; k < terms.Length; k++)
        {
            ReadOnlySpan<double> factor = g.Factor(k), q = factor[..g.Dimension];
            weights[k] = g.Alphas[k];
            for (int j = 0; j < q.Length; j++)
            {
                diagonals[(k * q.Length) + j] = Math.Exp(q[j]);
                weights[k] += q[j];
                sum -= g.Freedom * q[j];
            }

            sum += 0.5 * g.Gamma * g.Gamma * (SumOfSquares(diagonals.AsSpan(k * q.Length, q.Length)) + SumOfSquares(factor[q.Length..]));
        }

        for (int i = 0; i < g.Points; i++)
        {
            for (int k = 0; k < terms.Length; k++) terms[k] = weights[k] - (0.5 * SquaredDistance(g.Point(i), k));
            sum += GmmObjective.LogSumExp(terms);
        }

        Value = sum;
    }

    public void Dispose()
    {
    }

    private static double SumOfSquares(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double e in x) sum += e * e;
        return sum;
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

        return SumOfSquares(o);
    }
}
