using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>logit, the tanh form of gelu and the two remainders against Python's decimal module with 70 digits; erfinv against the error function in fixed point.</summary>
[TestFixture]
public sealed class InverseAndTanhFormTests
{
    private static readonly (double X, double Y)[] Logits =
    [
        (1e-300, -690.7755278982137),
        (1e-20, -46.051701859880914),
        (1e-05, -11.512915464920228),
        (0.1, -2.197224577336219),
        (0.2, -1.3862943611198906),
        (0.2499999, -1.0986128220015141),
        (0.25, -1.0986122886681098),
        (0.3, -0.8472978603872037),
        (0.4999999, -4.000000000115076e-07),
        (0.5, 0.0),
        (0.500001, 4.000000000120356e-06),
        (0.6, 0.4054651081081643),
        (0.74, 1.0459685551826876),
        (0.75, 1.0986122886681098),
        (0.7500001, 1.098612822001514),
        (0.9, 2.1972245773362196),
        (0.99, 4.595119850134589),
        (0.9999999, 16.11809555148467),
        (0.9999999999999999, 36.7368005696771),
    ];

    private static readonly (double X, double Y)[] Gelus =
    [
        (-20.5, -1.3502940601643467e-280),
        (-15.0, -1.5584769937274055e-114),
        (-10.0, -1.204092348209806e-37),
        (-7.3, -5.609545944294599e-17),
        (-5.0, -2.291796196629506e-07),
        (-3.1, -0.002626610230549775),
        (-2.0, -0.04540230591222498),
        (-1.0, -0.1588080093917233),
        (-0.7523, -0.17004074496322485),
        (-0.3, -0.11462907645724076),
        (-1e-05, -4.999960105771961e-06),
        (-1e-200, -5e-201),
        (1e-200, 5e-201),
        (1e-08, 5.000000039894228e-09),
        (0.1, 0.053982751045435165),
        (0.5, 0.34571400982514394),
        (1.3, 1.1739290123173094),
        (2.0, 1.954597694087775),
        (3.7, 3.699728193978608),
        (8.0, 8.0),
        (40.0, 40.0),
    ];

    [Test]
    public void LogitIsWithinItsUlps() => Within(Logits, x => x.Logit(), x => x.Logit(), x => Math.Abs(x - 0.5) < 0.25 ? 2 * Math.Atanh((2 * x) - 1) : Math.Log(x) - Math.Log(1 - x));

    [Test]
    public void GeluTanhIsWithinItsUlps() => Within(Gelus, x => x.GeluTanh(), x => x.GeluTanh(), null);

    [Test]
    public void ErfinvIsWithinItsUlps([Values(20)] int count) => Erfinv(count);

    [Test]
    [Category("Long")]
    public void ErfinvIsWithinItsUlpsAtManyPlaces([Values(2000)] int count) => Erfinv(count);

    [Test]
    public void RemaindersAreExact()
    {
        (double A, double B)[] pairs = [(5, 3), (-5, 3), (5, -3), (-5, -3), (6, 3), (-6, 3), (1e300, 7), (-1e300, 7), (0.3, 0.1), (1e-310, 3e-311), (5, double.PositiveInfinity), (-0.0, 3)];
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([.. pairs.Select(p => p.A)], [pairs.Length]), b = tape.Variable([.. pairs.Select(p => p.B)], [pairs.Length]);
        double[] truncated = a.Fmod(b).Values.ToArray(), floored = a.Remainder(b).Values.ToArray();
        for (int i = 0; i < pairs.Length; i++)
        {
            (double x, double y) = pairs[i];
            double rest = Math.IEEERemainder(x, y), t = rest != 0 && (rest < 0) != (x < 0) ? rest + Math.CopySign(y, x) : rest, f = t != 0 && (t < 0) != (y < 0) ? t + y : t;
            Assert.That(truncated[i], Is.EqualTo(t), $"fmod({x}, {y})");
            Assert.That(floored[i], Is.EqualTo(f), $"remainder({x}, {y})");
        }

        // a just below three times b, whose quotient rounds to 3
        double third = Math.BitDecrement(0.3);
        Variable<double> s = tape.Variable([third], [1]), d = tape.Variable([0.1], [1]);
        Assert.That(tape.Backward(s.Fmod(d).Sum())[d][0], Is.EqualTo(-Math.Round((third - (third % 0.1)) / 0.1)));
    }

    private static void Erfinv(int count)
    {
        // on both sides of every limit of the formula, and towards 0 and 1
        var random = new Random(8);
        double[] fixedPoints = [1e-300, 1e-20, 1e-5, 0.09999, 0.1, 0.25, 0.5, 0.5999999, 0.6, 0.75, 0.9, 0.999, 1 - 1e-9, 1 - Math.ScaleB(1, -53), 1 - Math.ScaleB(1, -24)];
        double[] x = [.. fixedPoints, .. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? random.NextDouble() : 1 - Math.Pow(10, -15 * random.NextDouble()))];
        using var tape = new Tape<double>();
        using var single = new Tape<float>();
        double[] y = tape.Constant(x, [x.Length]).Erfinv().Values.ToArray();
        float[] floats = [.. x.Select(v => MathF.Min((float)v, MathF.BitDecrement(1)))], ys = single.Constant(floats, [x.Length]).Erfinv().Values.ToArray();
        double worst = 0, worstSingle = 0, worstAt = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double units = Units(x[i], y[i], Math.BitIncrement(y[i]) - y[i]);
            if (units > worst) (worst, worstAt) = (units, x[i]);
            if (MathF.BitIncrement(ys[i]) is float next && floats[i] > 1e-30f) worstSingle = Math.Max(worstSingle, Units(floats[i], ys[i], next - (double)ys[i]));
        }

        TestContext.Out.WriteLine($"double {worst:F2} at {worstAt:R}, float {worstSingle:F2}");
        Assert.That(worst, Is.LessThanOrEqualTo(4), $"at {worstAt:R}");
        Assert.That(worstSingle, Is.LessThanOrEqualTo(4));
    }

    // how far y is from the inverse: (erf y − x) / erf′ y, in units
    private static double Units(double x, double y, double unit)
    {
        System.Numerics.BigInteger difference = ErrorFunctionReference.Erf(y) - ErrorFunctionReference.Exact(x);
        return Math.Abs(ErrorFunctionReference.ToDouble(difference) / (2 / Math.Sqrt(Math.PI) * Math.Exp(-y * y)) / unit);
    }

    private static void Within((double X, double Y)[] exact, Func<Variable<double>, Variable<double>> function, Func<Variable<float>, Variable<float>> single, Func<double, double>? wide)
    {
        using var tape = new Tape<double>();
        using var small = new Tape<float>();
        double[] x = [.. exact.Select(e => e.X)], y = function(tape.Constant(x, [x.Length])).Values.ToArray();
        double worst = 0, worstSingle = 0;
        for (int i = 0; i < x.Length; i++) worst = Math.Max(worst, Math.Abs(y[i] - exact[i].Y) / (Math.BitIncrement(Math.Abs(exact[i].Y)) - Math.Abs(exact[i].Y)));

        // of floats the double is the reference
        float[] floats = [.. Enumerable.Range(1, 4000).Select(i => wide is null ? (i - 2000) / 300f : i / 4001f)], ys = single(small.Constant(floats, [floats.Length])).Values.ToArray();
        double[] reference = function(tape.Constant([.. floats.Select(f => (double)f)], [floats.Length])).Values.ToArray();
        for (int i = 0; i < floats.Length; i++)
        {
            double size = Math.Abs(reference[i]);
            if (wide is not null) Assert.That(reference[i], Is.EqualTo(wide(floats[i])).Within(6).Ulps);
            if (size < 1e-36) continue;
            worstSingle = Math.Max(worstSingle, Math.Abs(ys[i] - reference[i]) / ((double)MathF.BitIncrement((float)size) - (float)size));
        }

        TestContext.Out.WriteLine($"double {worst:F2}, float {worstSingle:F2}");
        Assert.That(worst, Is.LessThanOrEqualTo(4));
        Assert.That(worstSingle, Is.LessThanOrEqualTo(4));
    }
}
