using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>The elementary functions keep the accuracy that their documentation states, over their whole range.</summary>
[TestFixture]
public sealed class ElementaryTests
{
    private const int Count = 100_003;

    private static readonly (string Name, Func<Variable<float>, Variable<float>> Single, Func<Variable<double>, Variable<double>> Double, Func<double, double> Exact, double Ulps)[] Functions =
    [
        ("exp", x => x.Exp(), x => x.Exp(), Math.Exp, 2),
        ("log", x => x.Log(), x => x.Log(), Math.Log, 2),
        ("expm1", x => x.ExpM1(), x => x.ExpM1(), ExpM1, 3),
        ("log1p", x => x.LogP1(), x => x.LogP1(), LogP1, 3),
        ("tanh", x => x.Tanh(), x => x.Tanh(), Math.Tanh, 3),
        ("sigmoid", x => x.Sigmoid(), x => x.Sigmoid(), v => v < 0 ? Math.Exp(v) / (1 + Math.Exp(v)) : 1 / (1 + Math.Exp(-v)), 3),
    ];

    private static readonly (double From, double To)[] Ranges = [(-750, 720), (-104, 89), (-20, 20), (-1, 1), (-1e-5, 1e-5), (0, 1e-300), (0, 1e-37), (0.5, 2), (1, 1e10)];

    private static IEnumerable<TestCaseData> Cases =>
        from f in Functions from range in Ranges select new TestCaseData(f.Name, range.From, range.To);

    [TestCaseSource(nameof(Cases))]
    public void FloatIsWithinItsUlps(string name, double from, double to)
    {
        var f = Functions.Single(f => f.Name == name);
        float[] x = [.. Points(from, to).Select(v => (float)v)];
        using var tape = new Tape<float>();
        ReadOnlySpan<float> y = f.Single(tape.Constant(x, [Count])).Values;
        for (int i = 0; i < Count; i++)
        {
            double exact = f.Exact(x[i]);
            float rounded = (float)exact;
            if (rounded.Equals(y[i])) continue;
            double ulp = (double)MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
            Assert.That(Math.Abs(y[i] - exact) / ulp, Is.LessThanOrEqualTo(f.Ulps), $"{name}({x[i]:R}) = {y[i]:R}, exactly {exact:R}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void DoubleIsWithinItsUlpsOfTheRuntime(string name, double from, double to)
    {
        var f = Functions.Single(f => f.Name == name);
        double[] x = [.. Points(from, to)];
        using var tape = new Tape<double>();
        ReadOnlySpan<double> y = f.Double(tape.Constant(x, [Count])).Values;
        for (int i = 0; i < Count; i++)
        {
            double reference = f.Exact(x[i]);
            if (reference.Equals(y[i])) continue;
            double ulp = Math.BitIncrement(Math.Abs(reference)) - Math.Abs(reference);
            // the reference itself may be off by two
            Assert.That(Math.Abs(y[i] - reference) / ulp, Is.LessThanOrEqualTo(f.Ulps + 2), $"{name}({x[i]:R}) = {y[i]:R}, the runtime says {reference:R}");
        }
    }

    private static IEnumerable<double> Points(double from, double to) => Enumerable.Range(0, Count).Select(i => from + ((to - from) * i / (Count - 1)));

    // e^x − 1 = tanh(x/2)·(e^x + 1) has no cancellation
    private static double ExpM1(double x) => Math.Abs(x) < 1 ? Math.Tanh(x / 2) * (Math.Exp(x) + 1) : Math.Exp(x) - 1;

    // ln(1 + x) = 2·artanh(x / (2 + x))
    private static double LogP1(double x) => Math.Abs(x) < 0.4 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);
}
