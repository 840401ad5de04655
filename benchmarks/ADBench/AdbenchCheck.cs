using System.Globalization;

namespace Autodiff.Benchmarks;

/// <summary>The console's check of all objectives of the benchmark.</summary>
internal static class AdbenchCheck
{
    /// <summary>Compares every gradient and Jacobian with differences of five points and with each other; fails beyond 1e-8, as the benchmark's authors do.</summary>
    public static int Run()
    {
        Console.WriteLine("Greatest |x - y| / max(1, |x| + |y|): against differences, then against plain operators on larger instances.");
        bool good = Report("GMM", "L by columns", GmmCheck.OfColumns());
        foreach ((string name, var make) in GmmCheck.Ways)
            good &= Report("GMM", name, GmmCheck.AgainstDifferences(make), GmmCheck.AgainstOperators(make), GmmCheck.AgainstOperators(make, 20, 50));
        foreach ((string name, var make) in BaCheck.Ways) good &= Report("BA", name, BaCheck.AgainstDifferences(make), BaCheck.AgainstOperators(make));
        foreach ((string name, var make) in LstmCheck.Ways) good &= Report("LSTM", name, LstmCheck.AgainstDifferences(make), LstmCheck.AgainstOperators(make));
        foreach ((string name, var make) in HandCheck.Ways)
        {
            good &= Report("Hand", $"{name}, simple", HandCheck.AgainstDifferences(make, complicated: false));
            good &= Report("Hand", $"{name}, complicated", HandCheck.AgainstDifferences(make, complicated: true));
        }

        Console.WriteLine(good ? "All agree." : "NOT all agree.");
        return good ? 0 : 1;
    }

    private static bool Report(string objective, string way, double differences, params ReadOnlySpan<double> operators)
    {
        double greatest = differences;
        foreach (double e in operators) greatest = Math.Max(greatest, e);
        bool good = greatest <= Agreement.Tolerance;
        string others = string.Concat(operators.ToArray().Select(e => ", " + e.ToString("E1", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{objective,-4} {way,-27} {differences:E1}{others}{(good ? "" : "   <-- too far")}"));
        return good;
    }
}
