using System.Diagnostics;
using Autodiff;

ConsoleApp.Run(args, OptionGreeks.Run);

/// <summary>Prices written once over .NET's numbers; their Greeks are the derivatives.</summary>
internal static class OptionGreeks
{
    private const int Dates = 12;
    private const double Strike = 100, Barrier = 90, Width = 0.005;

    // How far the corrected closed form is from the price watched on twelve dates: it was compared with the twelve integrals over the normal density
    // (Simpson's rule), which differ by 0.0069, −0.0012, −0.0002, 0.105, 0.036 and −0.012 for the market below.
    private static readonly Greeks _correction = new(0.008, 0.0015, 0.0003, 0.12, 0.05, 0.015);

    private static readonly Market<double> _market = new(Spot: 100, Volatility: 0.2, Rate: 0.05, Time: 1);

    /// <summary>Option prices and their Greeks: Black–Scholes, and a barrier option by simulation, from routines generic over the number.</summary>
    /// <param name="paths">Simulated paths of twelve dates.</param>
    /// <param name="seed">Seed of the paths.</param>
    /// <param name="output">Folder of the picture.</param>
    internal static int Run(int paths = 20000, int seed = 1, string output = "output") => Report.Run(
        "Option Greeks: one routine gives prices with double, and their derivatives with Scalar<double>", report =>
        {
            using var tape = new Tape<double>();
            BlackScholes(report, tape);
            var simulation = new Simulation(paths, Dates, seed);
            Vanilla(report, tape, simulation);
            BarrierCall(report, tape, simulation);
            Console.WriteLine("picture: " + Deltas(tape, simulation, output));
        });

    private static void BlackScholes(Report report, Tape<double> tape)
    {
        const double K = 105;
        Greeks greeks = Greeks.Of(tape, _market, m => Formulas.Call(m, K));
        report.Near("call with double, price", ClosedForm(K).Price, Formulas.Call(_market, K), 1e-12);
        for (int k = 0; k < Greeks.Names.Length; k++)
            report.Near($"call, {Greeks.Names[k]} beside its formula", ClosedForm(K).All[k], greeks.All[k], 1e-12 * (1 + Math.Abs(ClosedForm(K).All[k])));
    }

    /// <summary>Where no path comes near the barrier, the option is a plain call.</summary>
    private static void Vanilla(Report report, Tape<double> tape, Simulation simulation)
    {
        var far = new Contract<double>(Strike, Barrier: 1, Width, Strike * Width);
        (Greeks mean, Greeks error) = simulation.ByPath(tape, _market, far, gamma: true);
        Greeks wide = simulation.ByPath(tape, _market, Wider(far), gamma: true).Mean;
        Compare(report, "barrier far away", ClosedForm(Strike), mean, error, wide, default);
    }

    private static void BarrierCall(Report report, Tape<double> tape, Simulation simulation)
    {
        var contract = new Contract<double>(Strike, Barrier, Width, Strike * Width);
        Greeks rows = simulation.ByRows(tape, _market, contract), differences = simulation.ByDifferences(_market, contract);
        (Greeks mean, Greeks error) = simulation.ByPath(tape, _market, contract, gamma: true);
        Greeks wide = simulation.ByPath(tape, _market, Wider(contract), gamma: true).Mean;
        Greeks closed = Greeks.Of(tape, _market, m => Formulas.DownAndOut(m, Strike, Barrier, Dates));
        Greeks main = rows with { Gamma = mean.Gamma };
        Compare(report, "down-and-out", closed, main, error, wide, _correction);
        for (int k = 0; k < Greeks.Names.Length; k++)
        {
            report.Near($"down-and-out, {Greeks.Names[k]} beside differences", differences.All[k], main.All[k], 1e-5 * (1 + Math.Abs(mean.All[k])));
            if (Greeks.Names[k] != "gamma")
                report.AtMost($"{Greeks.Names[k]}, all rows at once beside path by path", 1e-10, Math.Abs(rows.All[k] / mean.All[k] - 1));
        }

        double plain = Milliseconds(() => simulation.Price(_market, contract));
        double atOnce = Milliseconds(() => simulation.ByRows(tape, _market, contract)), byPath = Milliseconds(() => simulation.ByPath(tape, _market, contract));
        Console.WriteLine(FormattableString.Invariant(
            $"{simulation.Paths} paths: price alone, double {plain:F1} ms; with four Greeks: path by path {byPath:F1} ms, all rows at once {atOnce:F1} ms"));
    }

    /// <summary>
    /// Within 3 standard errors of the simulation, the bias of the smoothing and that of the closed form. The bias grows with the square of the width, so
    /// what doubling the width changes is three times the bias; all of it is allowed, as it has errors of the simulation of its own.
    /// </summary>
    private static void Compare(Report report, string what, Greeks expected, Greeks mean, Greeks error, Greeks wide, Greeks correction)
    {
        for (int k = 0; k < Greeks.Names.Length; k++)
        {
            double tolerance = 3 * error.All[k] + Math.Abs(wide.All[k] - mean.All[k]) + correction.All[k];
            report.Near($"{what}, {Greeks.Names[k]} by simulation", expected.All[k], mean.All[k], tolerance);
        }
    }

    private static Contract<double> Wider(Contract<double> c) => c with { BarrierWidth = 2 * c.BarrierWidth, StrikeWidth = 2 * c.StrikeWidth };

    /// <summary>The textbook's formulas, with the error function of the library: nothing in common with the routine.</summary>
    private static Greeks ClosedForm(double strike)
    {
        (double s, double v, double r, double t) = _market;
        double root = v * Math.Sqrt(t), d1 = (Math.Log(s / strike) + (r + v * v / 2) * t) / root, d2 = d1 - root;
        double density = Math.Exp(-d1 * d1 / 2) / Math.Sqrt(2 * Math.PI), discounted = strike * Math.Exp(-r * t);
        double N(double x) => ((Scalar<double>)(-x / Math.Sqrt(2))).Erfc().Value / 2;
        return new(s * N(d1) - discounted * N(d2), N(d1), density / (s * root), s * density * Math.Sqrt(t), discounted * t * N(d2),
            -s * density * v / (2 * Math.Sqrt(t)) - r * discounted * N(d2));
    }

    /// <summary>The quickest of five.</summary>
    private static double Milliseconds(Action work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMilliseconds;
    });

    private static string Deltas(Tape<double> tape, Simulation simulation, string output)
    {
        double[] spots = [.. Enumerable.Range(0, 26).Select(i => 85.0 + 2 * i)];
        var contract = new Contract<double>(Strike, Barrier, Width, Strike * Width);
        double[] By(Func<Market<double>, double> delta) => [.. spots.Select(s => delta(_market with { Spot = s }))];
        return new Picture(output).Lines("option-greeks", "Delta of a call, strike 100, and of one that is knocked out below 90 on 12 dates", "spot", "delta", spots,
            ("call", By(m => Greeks.Of(tape, m, x => Formulas.Call(x, Strike)).Delta)),
            ("knocked out, by simulation", By(m => simulation.ByRows(tape, m, contract).Delta)));
    }
}
