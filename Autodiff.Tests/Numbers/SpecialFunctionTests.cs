using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>The functions of <see cref="SpecialFunctionTable"/> keep the accuracy that their documentation states, in double against the table and in float against double.</summary>
[TestFixture]
public sealed class SpecialFunctionTests
{
    private static readonly (string Name, Func<Variable<double>[], Variable<double>> Double, Func<Variable<float>[], Variable<float>> Single, double From, double To, double Ulps)[] Functions =
    [
        ("Erfcx", x => x[0].Erfcx(), x => x[0].Erfcx(), -9.3, 40, 4),
        ("Ndtr", x => x[0].Ndtr(), x => x[0].Ndtr(), -13, 6, 4),
        ("LogNdtr", x => x[0].LogNdtr(), x => x[0].LogNdtr(), -50, 12, 4),
        ("Ndtri", x => x[0].Ndtri(), x => x[0].Ndtri(), 1e-6, 0.999999, 4),
        ("I0", x => x[0].I0(), x => x[0].I0(), -88, 88, 4),
        ("I1", x => x[0].I1(), x => x[0].I1(), -88, 88, 4),
        ("I0e", x => x[0].I0e(), x => x[0].I0e(), -200, 200, 4),
        ("I1e", x => x[0].I1e(), x => x[0].I1e(), -200, 200, 4),
        ("TanhShrink", x => x[0].TanhShrink(), x => x[0].TanhShrink(), -4, 4, 5),
        ("Entr", x => x[0].Entr(), x => x[0].Entr(), 1e-6, 3, 3),
        ("RelEntr", x => x[0].RelEntr(x[1]), x => x[0].RelEntr(x[1]), 1e-3, 4, 4),
        ("KlDiv", x => x[0].KlDiv(x[1]), x => x[0].KlDiv(x[1]), 1e-3, 4, 4),
        ("Celu", x => x[0].Celu(x[1]), x => x[0].Celu(x[1]), 0.1, 4, 4),
        ("Zeta", x => Variable<double>.Apply<Zeta>(x[0], x[1]), x => Variable<float>.Apply<Zeta>(x[0], x[1]), 1.1, 9, 5),
        ("XLogP1", x => x[0].XLogP1(x[1]), x => x[0].XLogP1(x[1]), -0.99, 7, 4),
    ];

    private static IEnumerable<string> Names => Functions.Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void DoublesAreWithinTheirUlps(string name)
    {
        var f = Functions.Single(f => f.Name == name);
        double[][] rows = SpecialFunctionTable.Rows[name];
        double[] y = Run(f.Double, rows);
        for (int i = 0; i < rows.Length; i++)
        {
            double exact = Math.Abs(rows[i][^1]), units = Math.Abs(y[i] - rows[i][^1]) / (Math.BitIncrement(exact) - exact);
            if (!(units <= f.Ulps)) Assert.Fail($"{name}({string.Join(", ", rows[i][..^1])}) = {y[i]:R}, exactly {rows[i][^1]:R}: {units:F1} units");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void FloatsAreWithinTheirUlps(string name)
    {
        var f = Functions.Single(f => f.Name == name);
        var random = new Random(5);
        int arity = SpecialFunctionTable.Rows[name][0].Length - 1;
        float[][] columns = [.. Enumerable.Range(0, arity).Select(_ => Enumerable.Range(0, 3000).Select(_ => (float)(f.From + ((f.To - f.From) * random.NextDouble()))).ToArray())];
        using var single = new Tape<float>();
        using var wide = new Tape<double>();
        float[] y = f.Single([.. columns.Select(c => single.Constant(c, [c.Length]))]).Values.ToArray();
        double[] exact = f.Double([.. columns.Select(c => wide.Constant([.. c.Select(v => (double)v)], [c.Length]))]).Values.ToArray();
        for (int i = 0; i < y.Length; i++)
        {
            // a unit is that of normal numbers
            float size = Math.Max(Math.Abs((float)exact[i]), 1.2e-38f);
            double units = Math.Abs(y[i] - exact[i]) / ((double)MathF.BitIncrement(size) - size);
            if (!(units <= f.Ulps)) Assert.Fail($"{name}({string.Join(", ", columns.Select(c => c[i]))}) = {y[i]:R}, exactly {exact[i]:R}: {units:F1} units");
        }
    }

    // of the greater of |max(a, b)| and 1
    [Test]
    public void LogAddExpIsWithinItsUlps()
    {
        double[][] rows = SpecialFunctionTable.Rows["LogAddExp"];
        double[] y = Run(x => x[0].LogAddExp(x[1]), rows);
        var random = new Random(6);
        float[] a = [.. Enumerable.Range(0, 3000).Select(_ => (float)((random.NextDouble() * 20) - 10))], b = [.. a.Select(v => v + (float)((random.NextDouble() * 8) - 4))];
        using var single = new Tape<float>();
        using var wide = new Tape<double>();
        float[] s = single.Constant(a, [a.Length]).LogAddExp(single.Constant(b, [b.Length])).Values.ToArray();
        double[] exact = wide.Constant([.. a.Select(v => (double)v)], [a.Length]).LogAddExp(wide.Constant([.. b.Select(v => (double)v)], [b.Length])).Values.ToArray();
        for (int i = 0; i < rows.Length; i++)
        {
            double size = Math.Max(1, Math.Abs(Math.Max(rows[i][0], rows[i][1])));
            Assert.That(Math.Abs(y[i] - rows[i][2]) / (Math.BitIncrement(size) - size), Is.LessThanOrEqualTo(3), $"{rows[i][0]}, {rows[i][1]}");
        }

        for (int i = 0; i < a.Length; i++)
        {
            float size = Math.Max(1, Math.Abs(Math.Max(a[i], b[i])));
            Assert.That(Math.Abs(s[i] - exact[i]) / (MathF.BitIncrement(size) - size), Is.LessThanOrEqualTo(3), $"{a[i]}, {b[i]}");
        }
    }

    // differences of nearly equal numbers, but for the series: mpmath, 60 digits
    [TestCase("Erfcx", 11.9, -0.0039426339742260288, 300)]
    [TestCase("Erfcx", 12.1, -0.0038146694715053243, 4)]
    [TestCase("Erfcx", 30, -0.00062583541050748407, 4)]
    [TestCase("Erfcx", 1e5, -5.6418958346312785e-11, 4)]
    [TestCase("I0e", 49, -0.00058608693397431385, 200)]
    [TestCase("I0e", -51, 0.00055178065101328843, 4)]
    [TestCase("I0e", 1000, -6.3101989626271155e-6, 4)]
    [TestCase("I1e", 49, -0.00056805102846682685, 200)]
    [TestCase("I1e", 51, -0.00053546981243439322, 4)]
    [TestCase("I1e", -1000, -6.300731294301514e-6, 4)]
    public void DerivativesFarOutKeepTheirDigits(string name, double x, double exact, double ulps)
    {
        var f = Functions.Single(f => f.Name == name);
        using var tape = new Tape<double>();
        Variable<double> v = tape.Variable([x], [1]);
        double got = tape.Backward(f.Double([v]).Sum())[v][0], units = Math.Abs(got - exact) / (Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact));
        Assert.That(units, Is.LessThanOrEqualTo(ulps));
    }

    // I₁ = x/2 + x³/16 + x⁵/384 + …; ζ(2, q) is trigamma
    [Test]
    public void DerivativesOfHighOrderAreRightAtSpecialPoints()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(0.0), d = x.I1();
        double[] got = new double[5];
        for (int order = 0; order < got.Length; order++)
        {
            d = tape.Gradient(d, x);
            got[order] = d.Value;
        }

        Assert.That(got, Is.EqualTo(new[] { 0.5, 0, 0.375, 0, 0.3125 }).Within(1e-15));
        Scalar<double> q = tape.Variable(1.7);
        Assert.That(tape.Gradient(q.Zeta(2), q).Value, Is.EqualTo(tape.Gradient(q.Trigamma(), q).Value).Within(1e-14));
    }

    // ∂y/∂α = −∫ u·eᵘ from 0 to t: mpmath, 40 digits
    [TestCase(-1e-9, -4.999999996666667e-19)]
    [TestCase(-1e-3, -4.996667916333403e-7)]
    public void CeluKeepsTheDigitsOfItsDerivativeByAlpha(double t, double exact)
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(t), alpha = tape.Variable(1.0), slope = tape.Gradient(x.Celu(alpha), alpha);
        Assert.That(slope.Value, Is.EqualTo(exact).Within(1e-14 * -exact));
        Assert.That(tape.Gradient(slope, x).Value, Is.EqualTo(-t * Math.Exp(t)).Within(1e-14 * -t));
    }

    [Test]
    public void RelativeEntropiesHaveNoDerivativeWhereTheyHaveNoValue()
    {
        using var tape = new Tape<double>();
        Scalar<double> infinite = tape.Variable(double.PositiveInfinity), other = tape.Variable(double.PositiveInfinity), two = tape.Variable(2.0), equal = tape.Variable(2.0);
        foreach (Scalar<double> y in (Scalar<double>[])[infinite.RelEntr(other), infinite.KlDiv(other)])
        {
            Assert.That(y.Value, Is.NaN);
            Assert.That(tape.Gradient(y, infinite).Value, Is.NaN);
            Assert.That(tape.Gradient(y, other).Value, Is.NaN);
        }

        foreach (Scalar<double> y in (Scalar<double>[])[two.RelEntr(equal), two.KlDiv(equal)])
            Assert.That(tape.Gradient(tape.Gradient(y, equal), equal).Value, Is.EqualTo(0.5).Within(1e-15));
    }

    private static double[] Run(Func<Variable<double>[], Variable<double>> function, double[][] rows)
    {
        using var tape = new Tape<double>();
        return function([.. Enumerable.Range(0, rows[0].Length - 1).Select(k => tape.Constant([.. rows.Select(r => r[k])], [rows.Length]))]).Values.ToArray();
    }
}
