namespace Autodiff.Benchmarks;

/// <summary>Holds the ways to the gradient of the long short-term memory to differences and to each other.</summary>
internal static class LstmCheck
{
    public const string Plain = "plain operators";

    /// <summary>The ways, by name.</summary>
    public static IEnumerable<(string Name, Func<LstmInstance, IDerivative> Make)> Ways =>
    [
        (Plain, m => new LstmOperators(m)),
        ("tensors", m => new LstmTensors(m)),
    ];

    /// <summary>The error of a way against differences of the plain objective, and of its value.</summary>
    public static double AgainstDifferences(Func<LstmInstance, IDerivative> make)
    {
        var m = new LstmInstance(layers: 2, characters: 12);
        var objective = new LstmObjective(m);
        using IDerivative way = make(m);
        way.Run();
        double[] expected = Agreement.Differences(m.Parameters, objective.Evaluate);
        return Math.Max(Agreement.Error([way.Value], [objective.Evaluate()]), Agreement.Error(way.Result, expected));
    }

    /// <summary>The error of a way against plain operators on a larger instance.</summary>
    public static double AgainstOperators(Func<LstmInstance, IDerivative> make)
    {
        var m = new LstmInstance(layers: 4, characters: 300);
        using IDerivative way = make(m), operators = new LstmOperators(m);
        return Agreement.Error(way, operators);
    }
}
