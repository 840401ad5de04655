using Autodiff;

/// <summary>A price and what it changes by: with the spot, its delta with the spot, the volatility, the rate, and the time that passes.</summary>
internal readonly record struct Greeks(double Price, double Delta, double Gamma, double Vega, double Rho, double Theta)
{
    public static readonly string[] Names = ["price", "delta", "gamma", "vega", "rho", "theta"];

    public double[] All => [Price, Delta, Gamma, Vega, Rho, Theta];

    /// <summary>Of any formula: one recording, swept, its delta recorded, too, and swept again.</summary>
    public static Greeks Of(Tape<double> tape, Market<double> at, Func<Market<Scalar<double>>, Scalar<double>> price)
    {
        tape.Reset();
        Market<Scalar<double>> m = Variables(tape, at);
        Scalar<double> y = price(m), delta = tape.Gradient(y, m.Spot);
        Gradients<double> g = tape.Backward(y);
        double gamma = delta.IsConstant ? 0 : tape.Backward(delta)[m.Spot];
        return new(y.Value, g[m.Spot], gamma, g[m.Volatility], g[m.Rate], -g[m.Time]);
    }

    public static Market<Scalar<double>> Variables(Tape<double> tape, Market<double> at) =>
        new(tape.Variable(at.Spot), tape.Variable(at.Volatility), tape.Variable(at.Rate), tape.Variable(at.Time));
}

/// <summary>The mean over simulated paths; the same normal numbers for every market and contract.</summary>
internal sealed class Simulation
{
    private readonly double[] _normals;
    private readonly int _dates;

    public Simulation(int paths, int dates, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(paths, 2);
        (Paths, _dates, _normals) = (paths, dates, new double[paths * dates]);
        var random = new Random(seed);
        for (int i = 0; i < _normals.Length; i++) // Box and Muller
            _normals[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    public int Paths { get; }

    public double Price(Market<double> m, Contract<double> c)
    {
        double sum = 0;
        for (int i = 0; i < Paths; i++) sum += Formulas.Path(m, c, _normals.AsSpan(i * _dates, _dates));
        return sum / Paths;
    }

    /// <summary>Path by path: recorded behind a mark, swept, gone back to the mark. Gives the standard errors of the means, too.</summary>
    public (double[] Mean, double[] Error) ByPath(Tape<double> tape, Market<double> at, Contract<double> c, bool gamma = false)
    {
        double[] sum = new double[6], squares = new double[6], mean = new double[6], error = new double[6];
        var z = new Scalar<double>[_dates];
        var contract = new Contract<Scalar<double>>(c.Strike, c.Barrier, c.BarrierWidth, c.StrikeWidth);
        tape.Reset();
        Market<Scalar<double>> m = Greeks.Variables(tape, at);
        TapeMark mark = tape.Mark();
        for (int i = 0; i < Paths; i++)
        {
            for (int j = 0; j < z.Length; j++) z[j] = _normals[i * _dates + j];
            Scalar<double> y = Formulas.Path(m, contract, z);
            Scalar<double> delta = gamma ? tape.Gradient(y, m.Spot) : default;
            Gradients<double> g = tape.Backward(y);
            ReadOnlySpan<double> of = [y.Value, g[m.Spot], gamma ? tape.Backward(delta)[m.Spot] : 0, g[m.Volatility], g[m.Rate], -g[m.Time]];
            for (int k = 0; k < of.Length; k++)
            {
                sum[k] += of[k];
                squares[k] += of[k] * of[k];
            }
            tape.Rewind(mark);
        }
        for (int k = 0; k < sum.Length; k++)
        {
            mean[k] = sum[k] / Paths;
            error[k] = Math.Sqrt((squares[k] / Paths - mean[k] * mean[k]) / (Paths - 1));
        }
        return (mean, error);
    }
}
