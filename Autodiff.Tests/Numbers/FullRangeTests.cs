using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>
/// The functions over lanes at bit patterns of a stride over all numbers, of both signs, with subnormals, infinities and NaN: within the units in the last place
/// that their documentation states, and with the right sign of zero.
/// </summary>
[TestFixture]
[Category("Long")]
public sealed class FullRangeTests
{
    // thresholds of the formulas, ends of their ranges, kinks: each with its neighbours
    private static readonly double[] Marks =
    [
        0, 1, 0.5, 0.75, 2, Math.Sqrt(0.5), Math.Sqrt(2), Math.PI, Math.PI / 2, 88.72284, 88.02969, 104, 103.97208, 17.328679, 20, 40, 170, 709.782712893384, 745.1332191019411,
        10.054, 10.25, 14.375, 14.2, 4.84375, 27.226, 27.5, 38.75, 38.5, 4096, 1 << 20, 1.17549435e-38, 2.2250738585072014e-308, 1.4e-45, 5e-324, 3.4028235e38, 1.7976931348623157e308, 8388608, 4503599627370496,
    ];

    // for erf, erfc and gelu in float, the double forms, which are held to the exact values below
    private static readonly (string Name, Func<Variable<float>, Variable<float>> Single, Func<Variable<double>, Variable<double>> Double, Func<double, double>? Exact, double Ulps)[] Functions =
    [
        ("exp", x => x.Exp(), x => x.Exp(), Math.Exp, 2),
        ("log", x => x.Log(), x => x.Log(), Math.Log, 2),
        ("expm1", x => x.ExpM1(), x => x.ExpM1(), ExpM1, 3),
        ("log1p", x => x.LogP1(), x => x.LogP1(), LogP1, 3),
        ("tanh", x => x.Tanh(), x => x.Tanh(), Math.Tanh, 3),
        ("sigmoid", x => x.Sigmoid(), x => x.Sigmoid(), v => v < 0 ? Math.Exp(v) / (1 + Math.Exp(v)) : 1 / (1 + Math.Exp(-v)), 3),
        ("softplus", x => x.Softplus(), x => x.Softplus(), v => v > 0 ? v + LogP1(Math.Exp(-v)) : LogP1(Math.Exp(v)), 3),
        ("sin", x => x.Sin(), x => x.Sin(), Math.Sin, 2),
        ("cos", x => x.Cos(), x => x.Cos(), Math.Cos, 2),
        ("sqrt", x => x.Sqrt(), x => x.Sqrt(), Math.Sqrt, 0.5),
        ("rsqrt", x => x.ReciprocalSqrt(), x => x.ReciprocalSqrt(), v => 1 / Math.Sqrt(v), 1.5),
        ("exp2", x => x.Exp2(), x => x.Exp2(), v => Math.Pow(2, v), 2),
        ("log2", x => x.Log2(), x => x.Log2(), Math.Log2, 1),
        ("log10", x => x.Log10(), x => x.Log10(), Math.Log10, 1),
        ("tan", x => x.Tan(), x => x.Tan(), Math.Tan, 4),
        ("asin", x => x.Asin(), x => x.Asin(), Math.Asin, 4),
        ("acos", x => x.Acos(), x => x.Acos(), Math.Acos, 4),
        ("atan", x => x.Atan(), x => x.Atan(), Math.Atan, 2),
        ("sinh", x => x.Sinh(), x => x.Sinh(), Math.Sinh, 3),
        ("cosh", x => x.Cosh(), x => x.Cosh(), Math.Cosh, 2),
        ("asinh", x => x.Asinh(), x => x.Asinh(), Math.Asinh, 4),
        ("acosh", x => x.Acosh(), x => x.Acosh(), Math.Acosh, 4),
        ("atanh", x => x.Atanh(), x => x.Atanh(), Math.Atanh, 4),
        ("silu", x => x.Silu(), x => x.Silu(), v => v < 0 ? Math.Exp(v / 2) * (Math.Max(v, -2000) * Math.Exp(v / 2)) / (1 + Math.Exp(v)) : v / (1 + Math.Exp(-v)), 3),
        ("elu", x => x.Elu(), x => x.Elu(), v => v > 0 ? v : ExpM1(v), 3),
        ("hypot 3", x => x.Hypot(3), x => x.Hypot(3), v => double.Hypot(v, 3), 2),
        ("hypot small", x => x.Hypot(1e-30), x => x.Hypot(1e-30), v => double.Hypot(v, 1e-30), 2),
        ("atan2 -2", x => x.Atan2(-2), x => x.Atan2(-2), v => Math.Atan2(v, -2), 3),
        ("atan2 0.75", x => x.Atan2(0.75), x => x.Atan2(0.75), v => Math.Atan2(v, 0.75), 3),
        ("atan2 -0", x => x.Atan2(-0.0), x => x.Atan2(-0.0), v => Math.Atan2(v, -0.0), 3),
        ("atan2 -inf", x => x.Atan2(double.NegativeInfinity), x => x.Atan2(double.NegativeInfinity), v => Math.Atan2(v, double.NegativeInfinity), 3),
        ("sinpi", x => x.SinPi(), x => x.SinPi(), double.SinPi, 3),
        ("cospi", x => x.CosPi(), x => x.CosPi(), double.CosPi, 3),
        ("sinc", x => x.Sinc(), x => x.Sinc(), v => v == 0 ? 1 : double.SinPi(v) / (Math.PI * v), 4),
        ("sign", x => x.Sign(), x => x.Sign(), v => double.IsNaN(v) ? v : v == 0 ? v : Math.Sign(v), 0),
        ("floor", x => x.Floor(), x => x.Floor(), Math.Floor, 0),
        ("ceiling", x => x.Ceiling(), x => x.Ceiling(), Math.Ceiling, 0),
        ("round", x => x.Round(), x => x.Round(), Math.Round, 0),
        ("truncate", x => x.Truncate(), x => x.Truncate(), Math.Truncate, 0),
        ("cbrt", x => x.Cbrt(), x => x.Cbrt(), Math.Cbrt, 1),
        ("softsign", x => x.Softsign(), x => x.Softsign(), v => double.IsInfinity(v) ? Math.Sign(v) : v / (1 + Math.Abs(v)), 2),
        ("mish", x => x.Mish(), x => x.Mish(), Mish, 4),
        ("selu", x => x.Selu(), x => x.Selu(), v => 1.0507009873554804934 * (v > 0 ? v : 1.6732632423543772848 * ExpM1(v)), 4),
        ("log_sigmoid", x => x.LogSigmoid(), x => x.LogSigmoid(), v => v > 0 ? -LogP1(Math.Exp(-v)) : v - LogP1(Math.Exp(v)), 3),
        ("hard_sigmoid", x => x.HardSigmoid(), x => x.HardSigmoid(), v => Math.Clamp((v + 3) / 6, 0, 1), 2),
        ("hard_swish", x => x.HardSwish(), x => x.HardSwish(), v => v < -3 ? 0 : v > 3 ? v : v * ((v + 3) / 6), 2),
        ("xlogy 2", x => x.XLogY(2), x => x.XLogY(2), v => v == 0 ? 0 : v * Math.Log(2), 3),
        ("lgamma |x|", x => x.Abs().LogGamma(), x => x.Abs().LogGamma(), null, 5),
        ("erf", x => x.Erf(), x => x.Erf(), null, 3),
        ("erfc", x => x.Erfc(), x => x.Erfc(), null, 3),
        ("gelu", x => x.Gelu(), x => x.Gelu(), null, 3),
        .. new[] { 2, 3, 0.5, -1, -0.5, 2.5, 0.3333333432674408, 0, 17, -7, 1000 }
            .Select<double, (string, Func<Variable<float>, Variable<float>>, Func<Variable<double>, Variable<double>>, Func<double, double>?, double)>(
                b => ($"pow {b}", x => x.Pow(b), x => x.Pow(b), v => Math.Pow(v, b), 1)),
    ];

    private static IEnumerable<string> Names => Functions.Select(f => f.Name);

    private static IEnumerable<string> NamesOfTheRuntime => Functions.Where(f => f.Exact is not null).Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void FloatsOfAStrideAreWithinTheirUlps(string name)
    {
        var f = Functions.Single(f => f.Name == name);
        float[] x = [.. Singles()];
        using var tape = new Tape<float>();
        ReadOnlySpan<float> y = f.Single(tape.Constant(x, [x.Length])).Values;
        double[] exact = [.. x.Select(v => (double)v)];
        if (f.Exact is null)
        {
            using var reference = new Tape<double>();
            exact = f.Double(reference.Constant(exact, [x.Length])).Values.ToArray();
        }
        else exact = [.. exact.Select(f.Exact)];
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double ulps = Ulps(y[i], exact[i], (float)exact[i], MathF.BitIncrement(MathF.Abs((float)exact[i])) - (double)MathF.Abs((float)exact[i]), Math.Pow(2, 104));
            if (!(ulps <= f.Ulps)) Assert.Fail($"{name}({x[i]:R}) = {y[i]:R}, exactly {exact[i]:R}");
            worst = Math.Max(worst, ulps);
        }

        TestContext.Out.WriteLine($"{name}: {worst:F2} of {f.Ulps} over {x.Length:N0} numbers");
    }

    [TestCaseSource(nameof(NamesOfTheRuntime))]
    public void DoublesOfAStrideAreWithinTheirUlpsOfTheRuntime(string name)
    {
        var f = Functions.Single(f => f.Name == name);
        double[] x = [.. Doubles()];
        using var tape = new Tape<double>();
        ReadOnlySpan<double> y = f.Double(tape.Constant(x, [x.Length])).Values;
        for (int i = 0; i < x.Length; i++)
        {
            double reference = f.Exact!(x[i]);

            // the reference itself may be off by two
            double ulps = Ulps(y[i], reference, reference, Math.BitIncrement(Math.Abs(reference)) - Math.Abs(reference), Math.Pow(2, 971));
            if (!(ulps <= f.Ulps + (name == "sqrt" ? 0 : 2))) Assert.Fail($"{name}({x[i]:R}) = {y[i]:R}, the runtime says {reference:R}");
        }
    }

    [Test]
    public void TheErrorFunctionsAreWithinTheirUlpsOfTheExactValues()
    {
        var random = new Random(9);
        double[] x =
        [
            .. Enumerable.Range(0, 150).Select(_ => 80 * (random.NextDouble() - 0.5)), .. Enumerable.Range(0, 300).Select(_ => 12 * (random.NextDouble() - 0.5)),
            .. Enumerable.Range(0, 100).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(0, 320))),
            .. Marks.Where(m => m < 40).SelectMany(m => new[] { m, -m, Math.BitDecrement(m), Math.BitIncrement(m) }),
        ];
        using var tape = new Tape<double>();
        Variable<double> v = tape.Constant(x, [x.Length]);
        ReadOnlySpan<double> erf = v.Erf().Values, erfc = v.Erfc().Values, gelu = v.Gelu().Values;
        for (int i = 0; i < x.Length; i++)
        {
            Assert.That(ErrorFunctionReference.Ulps(erf[i], ErrorFunctionReference.Erf(x[i])), Is.LessThanOrEqualTo(3), $"erf({x[i]:R})");
            Assert.That(ErrorFunctionReference.Ulps(erfc[i], ErrorFunctionReference.Erfc(x[i])), Is.LessThanOrEqualTo(3), $"erfc({x[i]:R})");
            Assert.That(ErrorFunctionReference.Ulps(gelu[i], ErrorFunctionReference.Gelu(x[i])), Is.LessThanOrEqualTo(3), $"gelu({x[i]:R})");
        }
    }

    // Abramowitz and Stegun, tables 7.1 and 7.3; erfc 10 from its asymptotic series
    [TestCase(0.5, 0.5204998778130465, 0.4795001221869535)]
    [TestCase(1, 0.8427007929497149, 0.15729920705028513)]
    [TestCase(2, 0.9953222650189527, 0.004677734981047266)]
    [TestCase(-1, -0.8427007929497149, 1.8427007929497148)]
    [TestCase(10, 1, 2.088487583762545e-45)]
    public void TheReferenceIsThatOfTheTables(double x, double erf, double erfc)
    {
        Assert.That(ErrorFunctionReference.Ulps(erf, ErrorFunctionReference.Erf(x)), Is.LessThanOrEqualTo(0.5 + 1e-6));
        Assert.That(ErrorFunctionReference.Ulps(erfc, ErrorFunctionReference.Erfc(x)), Is.LessThanOrEqualTo(0.5 + 1e-6));
    }

    // 0 where both are the same, NaN, or the same zero; beyond the largest number a unit is still the one below it
    private static double Ulps(double got, double exact, double rounded, double unit, double lastUnit)
    {
        if (double.IsNaN(rounded)) return double.IsNaN(got) ? 0 : double.PositiveInfinity;
        if (got == 0 && rounded == 0) return double.IsNegative(got) == double.IsNegative(rounded) ? 0 : double.PositiveInfinity;
        if (got == rounded) return double.IsInfinity(got) ? 0 : Math.Abs(got - exact) / unit;
        return double.IsInfinity(got) || double.IsInfinity(rounded) ? Math.Abs((Math.Clamp(got, -4e38, 4e38) - Math.Clamp(exact, -4e38, 4e38)) / lastUnit) : Math.Abs(got - exact) / unit;
    }

    private static IEnumerable<float> Singles()
    {
        for (long bits = 0; bits < 1L << 32; bits += 9973) yield return BitConverter.UInt32BitsToSingle((uint)bits);
        foreach (float m in Marks.Select(m => (float)m).Concat([float.PositiveInfinity, float.NaN]))
        {
            foreach (float near in new[] { m, MathF.BitDecrement(m), MathF.BitIncrement(m) })
            {
                yield return near;
                yield return -near;
            }
        }
    }

    private static IEnumerable<double> Doubles()
    {
        for (int i = 0; i < 200_000; i++) yield return BitConverter.UInt64BitsToDouble((ulong)i * 92_233_720_368_547_759);
        foreach (double m in Marks.Concat([double.PositiveInfinity, double.NaN]))
        {
            foreach (double near in new[] { m, Math.BitDecrement(m), Math.BitIncrement(m) })
            {
                yield return near;
                yield return -near;
            }
        }
    }

    // e^x − 1 = tanh(x/2)·(e^x + 1) has no cancellation
    private static double ExpM1(double x) => Math.Abs(x) < 1 ? Math.Tanh(x / 2) * (Math.Exp(x) + 1) : Math.Exp(x) - 1;

    // below −40 it is x·eˣ, there taken apart lest the exponential lose digits before the product does
    private static double Mish(double x)
    {
        if (x < -40) return x < -2000 ? -0.0 : x * Math.Exp(x + 40) * Math.Exp(-40);
        double e = Math.Exp(-Math.Abs(x)), top = x > 0 ? 1 + (2 * e) : e * (e + 2);
        return x * (top / (top + (x > 0 ? 2 * e * e : 2)));
    }

    // ln(1 + x) = 2·artanh(x / (2 + x))
    private static double LogP1(double x) => Math.Abs(x) < 0.4 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);
}
