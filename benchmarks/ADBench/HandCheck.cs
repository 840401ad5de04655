namespace Autodiff.Benchmarks;

/// <summary>Holds the Jacobian of hand tracking to differences.</summary>
internal static class HandCheck
{
    /// <summary>The ways, by name.</summary>
    public static IEnumerable<(string Name, Func<HandInstance, IDerivative> Make)> Ways =>
    [
        ("plain operators", hand => new HandOperators(hand)),
    ];

    /// <summary>The error of a way against differences of the plain objective.</summary>
    public static double AgainstDifferences(Func<HandInstance, IDerivative> make, bool complicated)
    {
        var hand = new HandInstance(20, complicated);
        var objective = new HandObjective(hand);
        using IDerivative way = make(hand);
        way.Run();
        var expected = new double[way.Result.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, hand.Columns);
            ref double x = ref hand.Parameter(row / 3, column);
            expected[i] = Agreement.Difference(ref x, () => Evaluate(objective)[row]);
        }

        double sum = 0;
        foreach (double e in Evaluate(objective)) sum += e;
        return Math.Max(Agreement.Error([way.Value], [sum]), Agreement.Error(way.Result, expected));
    }

    private static double[] Evaluate(HandObjective objective)
    {
        objective.Run();
        return objective.Errors;
    }
}
