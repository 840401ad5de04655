using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Operations of many scalars: one step, wherever the operands lie, with the derivatives of the formula in operators.</summary>
[TestFixture]
public sealed class FoldTests
{
    private delegate Scalar<double> Fold(ReadOnlySpan<Scalar<double>> x);

    private static readonly (string Name, Fold Fold, Fold Operators)[] Folds =
    [
        ("Sum", x => Scalar.Sum(x), x => Total(x, a => a)),
        ("SumOfSquares", x => Scalar.SumOfSquares(x), x => Total(x, a => a * a)),
        ("LogSumExp", x => Scalar.LogSumExp(x), x => Total(x, a => a.Exp()).Log()),
        ("Norm", x => Scalar.Norm(x), x => Total(x, a => a * a).Sqrt()),
        ("Dot", x => Scalar.Dot(x, Reversed(x)), x => { Scalar<double>[] y = [.. x]; return Total(x, a => a * y[^(1 + Array.IndexOf(y, a))]); }),
        ("Dot with itself", x => Scalar.Dot(x, x), x => Total(x, a => a * a)),
        ("Dot with numbers", x => Scalar.Dot(x, Weights(x.Length)), x => { int i = 0; double[] w = Weights(x.Length); return Total(x, a => a * w[i++]); }),
        ("numbers' Dot", x => Scalar.Dot(Weights(x.Length), x), x => { int i = 0; double[] w = Weights(x.Length); return Total(x, a => w[i++] * a); }),
    ];

    private static readonly (string Name, Func<Tape<double>, Scalar<double>[], Scalar<double>[]> Place)[] Places =
    [
        ("side by side", (t, x) => x),
        ("backwards", (t, x) => [.. x.Reverse()]),
        ("every other one", (t, x) => [.. x.Where((_, i) => i % 2 == 0)]),
        ("one", (t, x) => [x[3]]),
        ("with constants", (t, x) => [x[0], 0.75, x[1], x[2], -0.25]),
        ("a constant first", (t, x) => [1.25, x[0], x[1]]),
        ("the same one again", (t, x) => [x[0], x[1], x[0]]),
        ("products taken up and pending", (t, x) => { Scalar<double> m = x[0] * x[1], s = m + x[2], n = 2 * x[3], r = x[4] + n, last = x[5] * x[6]; return [m, s, n, r, last]; }),
        ("a pending product last", (t, x) => { Scalar<double> e = x[1].Sin(); return [e, x[0] * x[1]]; }),
        ("of before a rewind", (t, x) => { TapeMark mark = t.Mark(); _ = x[0] * x[1]; t.Rewind(mark); return x; }),
        ("of two generations", (t, x) => { TapeMark mark = t.Mark(); _ = x[0] * x[1]; t.Rewind(mark); return [.. x, t.Variable(0.6), t.Variable(-0.7)]; }),
    ];

    [Test]
    public void AreTheirFormulas([Range(0, 7)] int fold, [Range(0, 10)] int place)
    {
        (string name, Fold folded, Fold operators) = Folds[fold];
        using var tape = new Tape<double>();
        Scalar<double>[] leaves = Leaves(tape, 21), x = Places[place].Place(tape, leaves);
        int before = tape.Count, constants = x.Count(a => a.IsConstant);
        Scalar<double> y = folded(x);

        // constants, and products that are recorded once more, take a step each
        (tape.Count - before).ShouldBeInRange(1, place == 7 ? 1 + (2 * 2) : 1 + (2 * constants));
        if (constants == 0 && place != 7) (tape.Count - before).ShouldBe(1, name);
        if (name == "Dot" && x.Distinct().Count() < x.Length) return;   // the formula looks its partner up
        Scalar<double> z = operators(x);

        // sums of fewer than 30 terms in another order: as many units in the last place of the magnitudes, which are below 10
        double bound = 30 * 10 * Math.ScaleB(1, -52);
        y.Value.ShouldBe(z.Value, bound, name);
        Gradients<double> g = tape.Backward(y), h = tape.Backward(z);
        foreach (Scalar<double> leaf in leaves) g[leaf].ShouldBe(h[leaf], bound, name);
        Scalar<double> d = tape.Gradient(y * y, leaves[0]), e = tape.Gradient(z * z, leaves[0]);
        d.Value.ShouldBe(e.Value, 20 * bound, name);
        if (d.IsConstant) return;
        (g, h) = (tape.Backward(d), tape.Backward(e));
        foreach (Scalar<double> leaf in leaves) g[leaf].ShouldBe(h[leaf], 20 * bound, $"{name}, second order");
    }

    [Test]
    public void OfNothingAndOfNumbersAreOnNoTape()
    {
        foreach ((string name, Fold fold, _) in Folds)
        {
            Scalar<double> nothing = fold([]), numbers = fold([1.0, 2.0, -3.0]);
            (nothing.IsConstant, numbers.IsConstant).ShouldBe((true, true), name);
            nothing.Value.ShouldBe(name == "LogSumExp" ? double.NegativeInfinity : 0, name);
        }

        Scalar.Dot<double>([1.0, 2.0], (double[])[3, 4]).Value.ShouldBe(11);
        Scalar.Norm<double>([3.0, 4.0]).Value.ShouldBe(5);
    }

    [Test]
    public void WhatIsNotFiniteFlowsAsDocumented()
    {
        const double inf = double.PositiveInfinity;
        using var tape = new Tape<double>();
        Check(x => Scalar.LogSumExp(x), [-inf, -inf], -inf, [0, 0]);
        Check(x => Scalar.LogSumExp(x), [-inf, 2], 2, [0, 1]);
        Check(x => Scalar.LogSumExp(x), [inf, 2], inf, [double.NaN, 0]);
        Check(x => Scalar.LogSumExp(x), [double.NaN, 2], double.NaN, [double.NaN, double.NaN]);
        Check(x => Scalar.LogSumExp(x), [1000, -1000], 1000, [1, 0]);
        Check(x => Scalar.Norm(x), [0, 0], 0, [0, 0]);
        Check(x => Scalar.Norm(x), [inf, 1], inf, [double.NaN, 0]);
        Check(x => Scalar.Norm(x), [double.NaN, 1], double.NaN, [double.NaN, double.NaN]);
        Check(x => Scalar.Norm(x), [3e300, -4e300], 5e300, [0.6, -0.8]);
        Check(x => Scalar.Sum(x), [inf, -inf], double.NaN, [1, 1]);
        Check(x => Scalar.SumOfSquares(x), [inf, 1], inf, [inf, 2]);
        Check(x => Scalar.Dot(x, x), [inf, 1], inf, [inf, 2]);
        Check(x => Scalar.Dot(x[..1], x[1..]), [inf, 0], double.NaN, [0, inf]);

        void Check(Fold fold, double[] at, double value, double[] bars)
        {
            foreach (bool scattered in (bool[])[false, true])
            {
                tape.Reset();
                Scalar<double>[] x = [.. at.Select(v => { if (scattered) tape.Variable(0.0); return tape.Variable(v); })];
                Scalar<double> y = fold(x), other = tape.Variable(1.0);
                Same(y.Value, value);
                Gradients<double> g = tape.Backward(y);
                for (int i = 0; i < x.Length; i++) Same(g[x[i]], bars[i]);
                g = tape.Backward((0 * y) + other);
                foreach (Scalar<double> a in x) g[a].ShouldBe(0);
            }
        }

        // two roundings of a quotient or a root
        static void Same(double got, double expected)
        {
            if (double.IsFinite(expected)) got.ShouldBe(expected, 4 * Math.ScaleB(1, -52) * Math.Abs(expected));
            else got.ShouldBe(expected);
        }
    }

    [Test]
    public void WhatCannotBeIsRefusedAndLeavesNothing()
    {
        using Tape<double> tape = new(), other = new();
        Scalar<double> x = tape.Variable(1.0), y = other.Variable(2.0), m = x * x, s = x + m;
        int count = tape.Count;
        string[] uneven = [.. ((Action[])[() => Scalar.Dot<double>([x, x], [x]), () => Scalar.Dot<double>([x, x], (double[])[1]), () => Scalar.Dot<double>((double[])[1], [x, x]), () => Scalar.Dot<double>((Scalar<double>[])[], [x])])
            .Select(call => Should.Throw<ArgumentException>(call).Message)];
        uneven.ShouldAllBe(message => message.StartsWith("Dot: ") && message.Contains("needs"));
        foreach ((string name, Fold fold, _) in Folds)
        {
            // the constant and the product that was taken up come before what is refused: their steps go
            string message = Should.Throw<InvalidOperationException>(() => fold([x, 1.5, m, y]), name).Message;
            message.ShouldSatisfyAllConditions(t => t.ShouldContain("two tapes"), t => t.ShouldContain(name.Contains("Dot") ? "Dot" : name));
            Should.Throw<InvalidOperationException>(() => fold([x, 2.5, default]), name).Message.ShouldContain("default");
            (tape.Count, other.Count).ShouldBe((count, 1), name);
        }

        tape.Backward(s + m)[x].ShouldBe(5);
        Scalar<double>[] old = Leaves(tape, 4);
        tape.Reset();
        _ = Leaves(tape, 4);
        foreach ((string name, Fold fold, _) in Folds)
        {
            Should.Throw<InvalidOperationException>(() => fold(old), name).Message.ShouldContain("reset");
            Should.Throw<InvalidOperationException>(() => fold([old[2], old[0]]), name).Message.ShouldContain("reset");
            tape.Count.ShouldBe(4, name);
        }
    }

    [Test]
    public void AllocateNothingAfterWarmUp()
    {
        using var tape = new Tape<double>();
        var x = new Scalar<double>[40];
        var scattered = new Scalar<double>[20];
        double[] numbers = Weights(40);
        void Step()
        {
            tape.Reset();
            for (int i = 0; i < x.Length; i++) x[i] = tape.Variable(numbers[i]);
            for (int i = 0; i < scattered.Length; i++) scattered[i] = i % 5 == 0 ? 0.5 : x[39 - i] * x[i];
            Scalar<double> y = Scalar.Dot<double>(x, numbers) + Scalar.Dot<double>(scattered, x.AsSpan(0, 20)) + Scalar.LogSumExp<double>(scattered) + Scalar.Norm<double>(x) + Scalar.Sum<double>(scattered);
            _ = tape.Backward(y + Scalar.SumOfSquares<double>(x) + Scalar.Dot<double>(numbers.AsSpan(0, 20), scattered))[x[0]];
        }

        for (int i = 0; i < 20; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static Scalar<double>[] Leaves(Tape<double> tape, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => tape.Variable(0.2 + random.NextDouble()))];
    }

    private static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 0.3 + (0.1 * (i % 7)))];

    private static Scalar<double>[] Reversed(ReadOnlySpan<Scalar<double>> x)
    {
        Scalar<double>[] y = [.. x];
        Array.Reverse(y);
        return y;
    }

    private static Scalar<double> Total(ReadOnlySpan<Scalar<double>> x, Func<Scalar<double>, Scalar<double>> f)
    {
        Scalar<double> s = f(x[0]);
        for (int i = 1; i < x.Length; i++) s += f(x[i]);
        return s;
    }
}
