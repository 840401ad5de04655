using System.Globalization;

namespace Autodiff.Benchmarks;

/// <summary>The console's check of all objectives of the benchmark.</summary>
internal static class AdbenchCheck
{
    /// <summary>Compares every gradient and Jacobian with differences of five points and with each other; fails beyond 1e-8, as the benchmark's authors do.</summary>
    public static int Run()
    {
        bool good = Report("GMM", "L by columns", GmmCheck.OfColumns());
        foreach ((string name, var make) in GmmCheck.Ways)
            good &= Report("GMM", name, GmmCheck.AgainstDifferences(make), GmmCheck.AgainstOperators(make), GmmCheck.AgainstOperators(make, 20, 50));
        foreach ((string name, var make) in BaCheck.Ways) good &= Report("BA", name, BaCheck.AgainstDifferences(make), BaCheck.AgainstOperators(make));
        foreach ((string name, var make) in LstmCheck.Ways) good &= Report("LSTM", name, LstmCheck.AgainstDifferences(make), LstmCheck.AgainstOperators(make));
        Console.WriteLine(good ? "All agree." : "NOT all agree.");
        return good ? 0 : 1;
    }

    private static bool Report(string objective, string way, double differences, params ReadOnlySpan<double> operators)
    {
        double greatest = differences;
        foreach (double e in operators) greatest = Math.Max(greatest, e);
        bool good = greatest <= Agreement.Tolerance;
        string others = string.Join(", ", operators.ToArray().Select(e => e.ToString("E1", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{objective,-5} {way,-18} differences: {differences:E1}, plain operators: {others} {(good ? "" : "<-- too far")}"));
        return good;
    }
}
