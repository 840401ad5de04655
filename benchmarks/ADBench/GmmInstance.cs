namespace Autodiff.Benchmarks;

/// <summary>
/// A Gaussian mixture to be fitted: d dimensions, K components, n points. Parameters, in this order: the logarithms α of the weights [K], the means μ [K, d],
/// and for each component d logarithms q of the diagonal of L and the d(d−1)/2 numbers below it, column by column, L·Lᵀ being the inverse covariance.
/// </summary>
/// <remarks>Definition and sizes: Šrajer, Kukelova, Fitzgibbon, A benchmark of selected algorithmic differentiation tools (2018), with their Wishart prior (γ, m).</remarks>
internal sealed class GmmInstance
{
    public static readonly int[] Dimensions = [2, 10, 20, 32, 64, 128];
    public static readonly int[] ComponentCounts = [5, 10, 25, 50, 100, 200];
    public static readonly int[] PointCounts = [1_000, 10_000];

    public GmmInstance(int dimension, int components, int points, double gamma = 1, int freedom = 0, int seed = 1)
    {
        (Dimension, Components, Points, Gamma, Freedom) = (dimension, components, points, gamma, freedom);
        Parameters = new double[FactorStart(components)];
        Data = new double[points * dimension];
        var random = new Random(seed);
        random.FillNormal(Parameters.AsSpan(0, components), 1);
        foreach (ref double x in Parameters.AsSpan(components, components * dimension)) x = random.NextDouble();

        // of moderate size: where the share of a component in a point underflows, a sweep skips it, and less would be measured than is computed
        for (int k = 0; k < components; k++)
        {
            random.FillNormal(Factor(k)[..dimension], 0.3);
            random.FillNormal(Factor(k)[dimension..], 1 / Math.Sqrt(dimension));
        }

        random.FillNormal(Data, 1);
        Constant = LogNormaliser();
    }

    public int Dimension { get; }

    public int Components { get; }

    public int Points { get; }

    /// <summary>γ of the prior: ½·γ²·‖L‖² is added for each component.</summary>
    public double Gamma { get; }

    /// <summary>m of the prior: m·Σ q is taken away for each component.</summary>
    public int Freedom { get; }

    /// <summary>What does not depend on the parameters.</summary>
    public double Constant { get; }

    public double[] Parameters { get; }

    /// <summary>The points [n, d].</summary>
    public double[] Data { get; }

    public int FactorSize => Dimension * (Dimension + 1) / 2;

    public Span<double> Alphas => Parameters.AsSpan(0, Components);

    /// <summary>The place of a component's mean among the parameters.</summary>
    public int MeanStart(int component) => Components + (component * Dimension);

    /// <summary>The place of a component's q and L among the parameters.</summary>
    public int FactorStart(int component) => Components + (Components * Dimension) + (component * FactorSize);

    public Span<double> Mean(int component) => Parameters.AsSpan(MeanStart(component), Dimension);

    public Span<double> Factor(int component) => Parameters.AsSpan(FactorStart(component), FactorSize);

    public ReadOnlySpan<double> Point(int point) => Data.AsSpan(point * Dimension, Dimension);

    /// <summary>The place of L[row, column] within a component's factor, below the diagonal.</summary>
    public int Below(int row, int column) => Dimension + (column * Dimension) - (column * (column + 1) / 2) + row - column - 1;

    private double LogNormaliser()
    {
        int n = Dimension + Freedom + 1;
        double gamma = 0.25 * Dimension * (Dimension - 1) * Math.Log(Math.PI);
        for (int j = 0; j < Dimension; j++) gamma += ((Scalar<double>)(0.5 * (n - j))).LogGamma().Value;
        double prior = (n * Dimension * (Math.Log(Gamma) - (0.5 * Math.Log(2)))) - gamma;
        return (-0.5 * Points * Dimension * Math.Log(2 * Math.PI)) - (Components * prior);
    }
}
