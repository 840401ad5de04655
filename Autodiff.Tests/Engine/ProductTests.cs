using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>
/// Products that a sum takes up: one step, the bits of two, and a product that is asked for afterwards is still the product.
/// Expected numbers are exact: all operands are small integers or computed with the same roundings.
/// </summary>
[TestFixture]
public sealed class ProductTests
{
    private static readonly (string Name, Func<Scalar<double>, Scalar<double>, Scalar<double>, Scalar<double>> Scalars, Func<double, double, double, double> Numbers)[] Fused =
    [
        ("c + a·b", (a, b, c) => c + (a * b), (a, b, c) => c + (a * b)),
        ("a·b + c", (a, b, c) => (a * b) + c, (a, b, c) => (a * b) + c),
        ("c − a·b", (a, b, c) => c - (a * b), (a, b, c) => c - (a * b)),
        ("c + k·a", (a, b, c) => c + (3.3 * a), (a, b, c) => c + (3.3 * a)),
        ("k·a + c", (a, b, c) => (a * 3.3) + c, (a, b, c) => (a * 3.3) + c),
        ("a + a·b", (a, b, c) => a + (a * b), (a, b, c) => a + (a * b)),
        ("b − a·b", (a, b, c) => b - (a * b), (a, b, c) => b - (a * b)),
    ];

    [Test]
    public void AProductAndASumAreOneStepWithTheBitsOfTwo([Range(0, 6)] int index)
    {
        (string name, var scalars, var numbers) = Fused[index];
        var random = new Random(index);
        using var tape = new Tape<double>();
        for (int trial = 0; trial < 200; trial++)
        {
            tape.Reset();
            (double x, double y, double z) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            if (trial % 4 == 0) z = -x * y;
            Scalar<double> s = scalars(tape.Variable(x), tape.Variable(y), tape.Variable(z));
            tape.Count.ShouldBe(name.Contains('k', StringComparison.Ordinal) ? 5 : 4, $"{name}: a product with a plain number stays a step of its own");
            BitConverter.DoubleToInt64Bits(s.Value).ShouldBe(BitConverter.DoubleToInt64Bits(numbers(x, y, z)), name);
        }
    }

    // a = 3, b = 5, c = 7, d = 11, m = a·b
    private static readonly (string Name, Func<Scalar<double>, Scalar<double>, Scalar<double>, Scalar<double>, Scalar<double>> Program, double Value, double[] Bars)[] Programs =
    [
        ("taken up, used again", (m, a, c, d) => { Scalar<double> s = c + m; return s * m; }, 22 * 15, [5 * 37, 3 * 37, 15, 0]),
        ("taken up, used twice again", (m, a, c, d) => { Scalar<double> s = c + m; Scalar<double> t = s * m; return t + (m * m); }, 330 + 225, [5 * 67, 3 * 67, 15, 0]),
        ("twice in a row", (m, a, c, d) => { Scalar<double> s = c + m, t = d - m; return s * t; }, 22 * -4, [5 * -26, 3 * -26, -4, 22]),
        ("subtracted twice in a row", (m, a, c, d) => { Scalar<double> s = c - m, t = d - m; return s * t; }, -8 * -4, [5 * 12, 3 * 12, -4, -8]),
        ("m + m", (m, a, c, d) => m + m, 30, [10, 6, 0, 0]),
        ("m − m", (m, a, c, d) => m - m, 0, [0, 0, 0, 0]),
        ("m·m", (m, a, c, d) => m * m, 225, [150, 90, 0, 0]),
        ("s + m where s took m up", (m, a, c, d) => { Scalar<double> s = c + m; return s + m; }, 37, [10, 6, 1, 0]),
        ("m + s where s took m up", (m, a, c, d) => { Scalar<double> s = c - m; return m + s; }, 7, [0, 0, 1, 0]),
        ("two products", (m, a, c, d) => m + (c * d), 92, [5, 3, 11, 7]),
        ("two products, subtracted", (m, a, c, d) => m - (c * d), -62, [5, 3, -11, -7]),
        ("the later one first", (m, a, c, d) => { Scalar<double> n = c * d; return n + m; }, 92, [5, 3, 11, 7]),
        ("an older one", (m, a, c, d) => { Scalar<double> e = d.Square(); return e + m; }, 136, [5, 3, 0, 22]),
        ("with a number of its own", (m, a, c, d) => { Scalar<double> k = 2 * c, s = d + k, t = d - k; return s * t * m; }, 25 * -3 * 15, [5 * -75, 3 * -75, 15 * 2 * (-3 - 25), 15 * (25 - 3)]),
        ("passed to a function", (m, a, c, d) => { Scalar<double> s = c + m; return s + m.Square(); }, 247, [5 * 31, 3 * 31, 1, 0]),
        ("divided", (m, a, c, d) => { Scalar<double> s = c + m; return s + (m / 4); }, 25.75, [6.25, 3.75, 1, 0]),
        ("in a fold", (m, a, c, d) => { Scalar<double> s = c + m; return Scalar.Sum<double>([s, m, m]); }, 52, [15, 9, 1, 0]),
    ];

    [Test]
    public void WhatIsDoneWithAProductIsRight([Range(0, 16)] int index)
    {
        (string name, var program, double value, double[] bars) = Programs[index];
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(3), b = tape.Variable(5), c = tape.Variable(7), d = tape.Variable(11), m = a * b;
        Scalar<double> y = program(m, a, c, d);
        y.Value.ShouldBe(value, name);
        m.Value.ShouldBe(15, name);
        Gradients<double> g = tape.Backward(y);
        new[] { g[a], g[b], g[c], g[d] }.ShouldBe(bars, name);
        new[] { a, b, c, d }.Select(x => tape.Gradient(y, x).Value).ShouldBe(bars, name);
    }

    [Test]
    public void TheGradientByAProductThatWasTakenUpIsThatByTheProduct()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(3), b = tape.Variable(5), c = tape.Variable(7);
        Scalar<double> m = a * b, plus = c + m;
        tape.Backward(plus.Square())[m].ShouldBe(44);
        Scalar<double> n = a * b, minus = c - n;
        tape.Backward(minus.Square())[n].ShouldBe(16);
        Scalar<double> k = 2 * a, multiple = c + k;
        tape.Backward(multiple.Square())[k].ShouldBe(26);

        // used again: both uses count, whatever the sign of the first
        Gradients<double> g = tape.Backward((minus * 10) + (n * 100));
        g[n].ShouldBe(90);
        g[minus].ShouldBe(10);
        g = tape.Backward((plus * m) + (multiple * k));
        (g[m], g[k]).ShouldBe((37, 19));
    }

    [Test]
    public void TheRecordedGradientByAProductIsThatByTheProduct()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(3), b = tape.Variable(5), c = tape.Variable(7);
        Scalar<double> m = a * b, s = c - m, y = s * s * s, dm = tape.Gradient(y, m);
        dm.Value.ShouldBe(-3 * 64);
        tape.Gradient(dm, c).Value.ShouldBe(48);          // −6·(c − m)
        tape.Backward(dm)[a].ShouldBe(6 * -8 * 5);
        Scalar<double> z = y * m, dz = tape.Gradient(z, m);
        dz.Value.ShouldBe((-3 * 64 * 15) - 512);
        tape.Backward(dz)[c].ShouldBe((48 * 15) + 192);   // ∂/∂c of −3·(c − m)²·m + (c − m)³
    }

    [Test]
    public void AProductBeforeAMarkIsNotChangedAfterIt()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(3), b = tape.Variable(5), c = tape.Variable(7), m = a * b;
        TapeMark mark = tape.Mark();
        Scalar<double> s = c + m;
        (tape.Count, s.Value).ShouldBe((5, 22), "a step of its own");
        tape.Rewind(mark);
        m.Value.ShouldBe(15);
        Gradients<double> g = tape.Backward(m);
        (g[a], g[b], g[c]).ShouldBe((5, 3, 0));

        // taken up before the mark, used again after it: what was recorded again goes with the rewind
        Scalar<double> n = a * b, t = c + n;
        mark = tape.Mark();
        for (int i = 0; i < 3; i++)
        {
            Scalar<double> y = t * n;
            y.Value.ShouldBe(330);
            g = tape.Backward(y);
            (g[a], g[n], g[t]).ShouldBe((5 * 37, 37, 15));
            tape.Rewind(mark);
        }
    }

    [Test]
    public void AProductThatWasSweptKeepsItsGradient()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(3), b = tape.Variable(5), c = tape.Variable(7), m = a * b;
        Gradients<double> g = tape.Backward(m);
        Scalar<double> s = c - m;
        (s.Value, m.Value, tape.Count).ShouldBe((-8, 15, 5));
        (g[m], g[a], g[b]).ShouldBe((1, 5, 3));
        tape.Backward(s)[m].ShouldBe(-1);
    }

    [Test]
    public void ProductsOfElsewhereAreRefused()
    {
        using Tape<double> tape = new(), other = new();
        Scalar<double> c = tape.Variable(7), m = other.Variable(3) * other.Variable(5);
        foreach (Func<Scalar<double>> use in (Func<Scalar<double>>[])[() => c + m, () => m + c, () => c - m, () => m * c, () => Scalar.FusedMultiplyAdd(c, c, m)])
            Should.Throw<InvalidOperationException>(() => _ = use()).Message.ShouldContain("tape");
        Scalar<double> old = c * c;
        tape.Reset();
        Scalar<double> now = tape.Variable(2), product = now * now;   // the slot and the kind of the old one
        foreach (Func<Scalar<double>> use in (Func<Scalar<double>>[])[() => now + old, () => old + now, () => now - old, () => old + old, () => old * now])
            Should.Throw<InvalidOperationException>(() => _ = use()).Message.ShouldContain("reset");
        (tape.Count, (now + product).Value, tape.Count).ShouldBe((2, 6, 2));
    }

    [Test]
    public void FusedMultiplyAddRoundsOnce()
    {
        using var tape = new Tape<double>();
        double x = 1 + Math.ScaleB(1, -30), two = (x * x) - (1 + Math.ScaleB(1, -29));
        Scalar<double> a = tape.Variable(x), c = tape.Variable(-(1 + Math.ScaleB(1, -29)));
        Scalar<double> once = Scalar.FusedMultiplyAdd(a, a, c), twice = (a * a) + c;
        once.Value.ShouldBe(Math.ScaleB(1, -60));         // exact; 2⁻⁶⁰ is lost when the product is rounded
        twice.Value.ShouldBe(two);
        two.ShouldBe(0);
        Gradients<double> g = tape.Backward(once);
        (g[a], g[c]).ShouldBe((2 * x, 1));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void WhatIsNotFiniteFlowsAndAZeroAdjointContributesNothing(double strange)
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(strange), b = tape.Variable(0), c = tape.Variable(7), d = tape.Variable(2);
        double.IsNaN((c + (a * b)).Value).ShouldBeTrue();
        Scalar<double> y = c - (a * d);
        y.Value.ShouldBe(double.IsNaN(strange) ? double.NaN : double.NegativeInfinity);
        Gradients<double> g = tape.Backward(y);
        (g[a], g[c]).ShouldBe((-2, 1));
        g[d].ShouldBe(-strange);
        foreach (Scalar<double> z in (Scalar<double>[])[c + (a * b), c - (a * b), c + (3 * a), Scalar.FusedMultiplyAdd(a, b, c), a * b])
        {
            g = tape.Backward((0 * z) + d);
            (g[a], g[b], g[c], g[d]).ShouldBe((0, 0, 0, 1));
        }
    }
}
