namespace Autodiff.Benchmarks;

/// <summary>Holds the ways to the Jacobian of a bundle adjustment to differences and to each other.</summary>
internal static class BaCheck
{
    public const string Plain = "plain operators", Rows = "JacobianRows";

    /// <summary>The ways, by name.</summary>
    public static IEnumerable<(string Name, Func<BaInstance, IDerivative> Make)> Ways =>
    [
        (Plain, b => new BaOperators(b)),
        (Rows, b => new BaRows(b)),
    ];

    /// <summary>The error of a way against differences of the plain objective.</summary>
    public static double AgainstDifferences(Func<BaInstance, IDerivative> make)
    {
        var b = new BaInstance(cameras: 3, points: 10, observations: 30);
        var objective = new BaObjective(b);
        using IDerivative way = make(b);
        way.Run();
        var expected = new double[way.Result.Length];
        int count = b.Weights.Length, columns = BaInstance.Columns;
        for (int i = 0; i < count; i++)
        {
            for (int column = 0; column < columns; column++)
            {
                ref double x = ref b.Parameter(i, column);
                for (int output = 0; output < 2; output++)
                    expected[(((2 * i) + output) * columns) + column] = Agreement.Difference(ref x, () => Evaluate(objective).Reprojection[(2 * i) + output]);
            }

            expected[(count * 2 * columns) + i] = Agreement.Difference(ref b.Weights[i], () => Evaluate(objective).Weight[i]);
        }

        double sum = 0;
        foreach (double e in (ReadOnlySpan<double>)[.. Evaluate(objective).Reprojection, .. objective.Weight]) sum += e;
        return Math.Max(Agreement.Error([way.Value], [sum]), Agreement.Error(way.Result, expected));
    }

    /// <summary>The error of a way against plain operators on a larger instance.</summary>
    public static double AgainstOperators(Func<BaInstance, IDerivative> make)
    {
        var b = new BaInstance(cameras: 11, points: 500, observations: 2_003);
        using IDerivative way = make(b), operators = new BaOperators(b);
        return Agreement.Error(way, operators);
    }

    private static BaObjective Evaluate(BaObjective objective)
    {
        objective.Run();
        return objective;
    }
}
