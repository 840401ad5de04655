using Autodiff;

/// <summary>A price and what it changes by: with the spot, its delta with the spot, the volatility, the rate, and the time that passes.</summary>
internal readonly record struct Greeks(double Price, double Delta, double Gamma, double Vega, double Rho, double Theta)
{
    public static readonly string[] Names = ["price", "delta", "gamma", "vega", "rho", "theta"];

    public double[] All => [Price, Delta, Gamma, Vega, Rho, Theta];

    public static Greeks Of(double[] all) => new(all[0], all[1], all[2], all[3], all[4], all[5]);

    /// <summary>Of any formula: one recording, swept, its delta recorded, too, and swept again.</summary>
    public static Greeks Of(Tape<double> tape, Market<double> at, Func<Market<Scalar<double>>, Scalar<double>> price)
    {
        tape.Reset();
        Market<Scalar<double>> m = Variables(tape, at);
        Scalar<double> y = price(m), delta = tape.Gradient(y, m.Spot);
        Gradients<double> g = tape.Backward(y);
        return new(y.Value, g[m.Spot], tape.Backward(delta)[m.Spot], g[m.Volatility], g[m.Rate], -g[m.Time]);
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

    /// <summary>All paths as one scalar of the tape: the formula is recorded once and computed for many paths at a time in SIMD lanes. Gamma is left out.</summary>
    public Greeks ByRows(Tape<double> tape, Market<double> at, Contract<double> c)
    {
        tape.Reset();
        Market<Scalar<double>> m = Greeks.Variables(tape, at);
        Contract<Scalar<double>> contract = Constant(c);
        Scalar<double> y = tape.SumRows(_normals, _dates, z => Formulas.Path(m, contract, z)) / Paths;
        Gradients<double> g = tape.Backward(y);
        return new(y.Value, g[m.Spot], double.NaN, g[m.Volatility], g[m.Rate], -g[m.Time]);
    }

    /// <summary>Path by path: recorded behind a mark, swept, gone back to the mark. Gives the standard errors of the means, too.</summary>
    public (Greeks Mean, Greeks Error) ByPath(Tape<double> tape, Market<double> at, Contract<double> c, bool gamma = false)
    {
        double[] sum = new double[6], squares = new double[6], mean = new double[6], error = new double[6];
        var z = new Scalar<double>[_dates];
        Contract<Scalar<double>> contract = Constant(c);
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
        return (Greeks.Of(mean), Greeks.Of(error));
    }

    /// <summary>By central differences of plain prices, all with the same normal numbers.</summary>
    public Greeks ByDifferences(Market<double> m, Contract<double> c)
    {
        // of each quantity's size 1e-5, a five-hundredth of the barrier's width: (1/500)²/6 of the third derivative is left, and 1e-11 by rounding
        const double Step = 1e-5;
        double Slope(Func<double, Market<double>> moved, double of) => (Price(moved(of * (1 + Step)), c) - Price(moved(of * (1 - Step)), c)) / (2 * of * Step);
        double price = Price(m, c), h = m.Spot * Step;
        double bend = (Price(m with { Spot = m.Spot + h }, c) - 2 * price + Price(m with { Spot = m.Spot - h }, c)) / (h * h);
        return new(price, Slope(x => m with { Spot = x }, m.Spot), bend, Slope(x => m with { Volatility = x }, m.Volatility),
            Slope(x => m with { Rate = x }, m.Rate), -Slope(x => m with { Time = x }, m.Time));
    }

    private static Contract<Scalar<double>> Constant(Contract<double> c) => new(c.Strike, c.Barrier, c.BarrierWidth, c.StrikeWidth);
}
