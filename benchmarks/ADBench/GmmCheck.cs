namespace Autodiff.Benchmarks;

/// <summary>Holds the ways to the gradient of a Gaussian mixture to differences and to each other.</summary>
internal static class GmmCheck
{
    public const string Plain = "plain operators", TermByTerm = "term by term", Spans = "Dot and LogSumExp", Rows = "SumRows";

    /// <summary>The ways, by name.</summary>
    public static IEnumerable<(string Name, Func<GmmInstance, IDerivative> Make)> Ways =>
    [
        (Plain, g => new GmmOperators(g)),
        (Spans, g => new GmmDot(g)),
        (Rows, g => new GmmRows(g)),
        ("SumRows with Dot", g => new GmmSpanRows(g)),
        (TermByTerm, g => new GmmTerms(g)),
        ("tensors", g => new GmmTensors(g)),
    ];

    /// <summary>An instance small enough for differences; with a prior whose every part counts.</summary>
    public static GmmInstance Small(int dimension = 3, int components = 4) => new(dimension, components, points: 20, gamma: 0.9, freedom: 2);

    /// <summary>The error of a way against differences of the plain objective, and of its value.</summary>
    public static double AgainstDifferences(Func<GmmInstance, IDerivative> make)
    {
        GmmInstance g = Small();
        var objective = new GmmObjective(g);
        using IDerivative way = make(g);
        way.Run();
        double[] expected = Agreement.Differences(g.Parameters, objective.Evaluate);
        return Math.Max(Agreement.Error([way.Value], [objective.Evaluate()]), Agreement.Error(way.Result, expected));
    }

    /// <summary>The difference of the two objectives.</summary>
    public static double OfColumns()
    {
        GmmInstance g = Small();
        using var columns = new GmmColumns(g);
        columns.Run();
        return Agreement.Error([columns.Value], [new GmmObjective(g).Evaluate()]);
    }

    /// <summary>The error of a way against plain operators on a larger instance.</summary>
    public static double AgainstOperators(Func<GmmInstance, IDerivative> make, int dimension = 10, int components = 25)
    {
        var g = new GmmInstance(dimension, components, points: 100);
        using IDerivative way = make(g), operators = new GmmOperators(g);
        return Agreement.Error(way, operators);
    }
}
