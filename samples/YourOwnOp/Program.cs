using Autodiff;
using MyOps;

ConsoleApp.Run(args, YourOwnOp.Run);

internal static class YourOwnOp
{
    private const int Points = 64, Bumps = 10;
    private const double From = 0, To = 6, Step = (To - From) / Points;

    /// <summary>Two ops of one's own, in one's own assembly: used, differentiated twice, checked, trained.</summary>
    /// <param name="epochs">Steps of training.</param>
    /// <param name="seed">Seed of the first weights.</param>
    internal static int Run(int epochs = 1500, int seed = 1) => Report.Run("Your own op: a Gaussian bump and a running sum, one file each", report =>
    {
        OnScalarsAndTensors(report);
        Check(report);
        Train(report, epochs, seed);
    });

    private static void OnScalarsAndTensors(Report report)
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(0.5), y = x.Bump();
        double value = Math.Exp(-0.25);
        Scalar<double> slope = tape.Gradient(y, x);
        report.Near("bump at 0.5", value, y.Value, 1e-15);
        report.Near("its first derivative, −2xy", -value, slope.Value, 1e-15);
        report.Near("its second derivative, (4x² − 2)y", -value, tape.Gradient(slope, x).Value, 1e-15);

        Variable<double> v = tape.Variable([1.0, 2, 3], [3]);
        Gradients<double> g = tape.Backward(v.CumulativeSum(), cotangent: [1.0, 1, 1]);
        report.Same("running sum of 1, 2, 3", "1 3 6", string.Join(' ', v.CumulativeSum().Values.ToArray()));
        report.Same("its gradient, summed from the end", "3 2 1", string.Join(' ', g[v].ToArray()));
    }

    private static void Check(Report report)
    {
        report.AtLeast("bump, digits that differences verify", 8, GradCheck.Unary<Bump, double>().Assert().Digits);
        report.AtLeast("bump in float", 2.5, GradCheck.Unary<Bump, float>().Assert().Digits);
        report.AtLeast("running sum", 8, GradCheck.Operation<CumulativeSum, double>().Assert().Digits);
        report.AtLeast("the model below", 8, GradCheck.Run<double>(
            x => Distances(x[0], x[1], x[2]), Sample.Of(6, 1), Sample.Of(3), Sample.Of(3, 1)).Assert().Digits);
    }

    // distances that a vehicle has covered are given; its speed, a sum of bumps, is found through their running sum
    private static void Train(Report report, int epochs, int seed)
    {
        double[] times = [.. Enumerable.Range(0, Points).Select(i => From + ((i + 0.5) * Step))];
        double[] covered = [.. Enumerable.Range(1, Points).Select(i => Distance(From + (i * Step)))];
        var random = new Random(seed);
        var centres = new Parameter<double>([.. Enumerable.Range(0, Bumps).Select(j => From + ((j + 0.5) * (To - From) / Bumps))], [Bumps], "centres");
        var weights = new Parameter<double>([.. Enumerable.Range(0, Bumps).Select(_ => random.NextDouble())], [Bumps, 1], "weights");
        var optimizer = new Adam<double>([centres, weights], learningRate: 0.02);
        using var tape = new Tape<double>();
        double[] speeds = [];
        Training.Run("speed from distances", epochs, _ =>
        {
            tape.Reset();
            Variable<double> t = tape.Constant(times, [Points, 1]), c = tape.Variable(centres), w = tape.Variable(weights);
            Variable<double> error = Distances(t, c, w) - tape.Constant(covered, [Points]);
            Scalar<double> loss = (error * error).Mean();
            optimizer.Step(tape.Backward(loss));
            speeds = Speeds(t, c, w).Values.ToArray();
            return $"loss {loss.Value:E2}";
        });
        double worst = times.Select((t, i) => Math.Abs(speeds[i] - Speed(t))).Skip(3).SkipLast(3).Max();
        report.AtMost("largest error of the speed found, of 0 … 2", 0.1, worst);
    }

    private static Variable<double> Speeds(Variable<double> t, Variable<double> centres, Variable<double> weights) => (t - centres).Bump().MatMul(weights);

    private static Variable<double> Distances(Variable<double> t, Variable<double> centres, Variable<double> weights)
        => (Step * Speeds(t, centres, weights)).Reshape([-1]).CumulativeSum();

    private static double Speed(double t) => 1 + Math.Sin(t);

    private static double Distance(double t) => t + 1 - Math.Cos(t);
}
