namespace Autodiff.Benchmarks;

/// <summary>How far derivatives are from each other, as the benchmark's authors measure it, and differences of five points to hold them to.</summary>
internal static class Agreement
{
    /// <summary>What counts as agreement.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>The greatest |x − y| / max(1, |x| + |y|); NaN anywhere, or another length, is ∞.</summary>
    public static double Error(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) return double.PositiveInfinity;
        double greatest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = Math.Abs(x[i] - y[i]) / Math.Max(1, Math.Abs(x[i]) + Math.Abs(y[i]));
            if (!(error <= greatest)) greatest = double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        return greatest;
    }

    /// <summary>The error of two ways to a derivative, run here: of their values and of their results.</summary>
    public static double Error(IDerivative a, IDerivative b)
    {
        a.Run();
        b.Run();
        return Math.Max(Error([a.Value], [b.Value]), Error(a.Result, b.Result));
    }

    /// <summary>
    /// df/dx by (8·(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12h; x is changed and put back. With h = 10⁻³·max(1, |x|) the formula's error, of order
    /// h⁴, and that of rounding, 10⁻¹³ of the value, are both some 10⁻¹².
    /// </summary>
    public static double Difference(ref double x, Func<double> f)
    {
        double at = x, h = 1e-3 * Math.Max(1, Math.Abs(at));
        double Along(ref double place, double by)
        {
            place = at + by;
            return f();
        }

        double near = Along(ref x, h) - Along(ref x, -h), far = Along(ref x, 2 * h) - Along(ref x, -2 * h);
        x = at;
        return ((8 * near) - far) / (12 * h);
    }

    /// <summary>The same by each of many numbers.</summary>
    public static double[] Differences(Span<double> x, Func<double> f)
    {
        var gradient = new double[x.Length];
        for (int i = 0; i < x.Length; i++) gradient[i] = Difference(ref x[i], f);
        return gradient;
    }
}
