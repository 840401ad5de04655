using Autodiff;

ConsoleApp.Run(args, OptionGreeks.Run);

internal static class OptionGreeks
{
    internal static int Run(int paths = 20000, int seed = 1, string output = "output") => Report.Run("t", report =>
    {
        var at = new Market<double>(100, 0.2, 0.05, 1);
        var tape = new Tape<double>();
        Console.WriteLine(string.Join(" ", Greeks.Of(tape, at, m => Formulas.Call(m, 105)).All));
        Console.WriteLine(string.Join(" ", Greeks.Of(tape, at, m => Formulas.DownAndOut(m, 100, 90, 12)).All));
        var sim = new Simulation(paths, 12, seed);
        for (double w = 0.02; w > 0.002; w /= 2)
        {
            var c = new Contract<double>(100, 90, w, 100 * w);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var (mean, error) = sim.ByPath(tape, at, c); double t1 = clock.Elapsed.TotalMilliseconds; clock.Restart();
            var (mean2, error2) = sim.ByPath(tape, at, c, true); double t2 = clock.Elapsed.TotalMilliseconds; clock.Restart();
            sim.Price(at, c); double t3 = clock.Elapsed.TotalMilliseconds;
            Console.WriteLine($"{w} {t1} {t2} {t3}\n{string.Join(" ", mean2)}\n{string.Join(" ", error2)}");
        }
    });
}
