using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Parts that are computed again in the sweep: the same gradients bit for bit, of any order, in the memory of one part.</summary>
[TestFixture]
public sealed class CheckpointTests
{
    private const int Rows = 3, Width = 4;

    [Test]
    public void GradientsAreThoseWithoutBitForBit([Values] bool checkpoints, [Values] bool consume)
    {
        double[] expected = Run(false, false), got = Run(checkpoints, consume);
        got.ShouldBe(expected);
        expected.ShouldAllBe(g => g != 0);
    }

    [Test]
    public void ANestedOneIsComputedAgainTwice()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([0.3, -0.7], [2]);
        int inner = 0, outer = 0;
        Variable<double> y = tape.Checkpoint(x, v =>
        {
            outer++;
            Variable<double> part = tape.Checkpoint(v.Sin(), w =>
            {
                inner++;
                return w.Exp() * v;
            });
            return part.Square() + part;
        });
        Variable<double> plain = (x.Sin().Exp() * x).Square() + (x.Sin().Exp() * x);
        tape.Backward(y.Sum())[x].ToArray().ShouldBe(tape.Backward(plain.Sum())[x].ToArray(), 1e-15);
        (outer, inner).ShouldBe((2, 3));
    }

    [Test]
    public void DerivativesOfHigherOrderAreRight()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(0.7), c = tape.Variable(1.3);
        Scalar<double> y = tape.Checkpoint(x, v => v.Sin() * c * v).AsScalar(), plain = x.Sin() * c * x;
        Scalar<double> g = tape.Gradient(y, x), gPlain = tape.Gradient(plain, x);
        g.Value.ShouldBe(gPlain.Value, 1e-15);
        Scalar<double> h = tape.Gradient(g, x), hPlain = tape.Gradient(gPlain, x);
        h.Value.ShouldBe(hPlain.Value, 1e-15);
        tape.Backward(h)[x].ShouldBe(tape.Backward(hPlain)[x], 1e-14);
        tape.Backward(g)[c].ShouldBe(tape.Backward(gPlain)[c], 1e-15);
    }

    [Test]
    public void AFunctionMayDifferentiate()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(0.4);

        // ∂/∂x of (∂ sin²/∂x)·x = sin 2x + 2x·cos 2x
        Scalar<double> y = tape.Checkpoint(() => tape.Gradient(((Variable<double>)x).Sin().Square().AsScalar(), x) * x).AsScalar();
        double expected = Math.Sin(0.8) + (0.8 * Math.Cos(0.8));
        tape.Backward(y)[x].ShouldBe(expected, 1e-15);
        Scalar<double> recorded = tape.Gradient(y, x);
        recorded.Value.ShouldBe(expected, 1e-15);
        tape.Backward(recorded)[x].ShouldBe((4 * Math.Cos(0.8)) - (1.6 * Math.Sin(0.8)), 1e-14);
    }

    [Test]
    public void ParametersThatComeUpInsideReceiveTheirGradients()
    {
        var w = new Parameter<double>([2], "w");
        w.Values[0] = 2;
        w.Values[1] = -3;
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([5, 7], [2]);
        Variable<double> y = tape.Checkpoint(x, v => v * tape.Variable(w));
        Gradients<double> g = tape.Backward(y.Sum());
        g[w].ToArray().ShouldBe([5, 7]);
        g[x].ToArray().ShouldBe([2, -3]);
    }

    [Test]
    public void RowsFoldsAndDropoutMayStandInside()
    {
        double[] rows = [1, 2, -3, 0.5, 4, -1];
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([0.3, -0.7, 1.1], [3]);
        Variable<double> Part(Variable<double> v)
        {
            Scalar<double> a = v[0], b = v[1];
            Scalar<double> sum = tape.SumRows(rows, 2, row => row[0] > 0 ? row[0] * a + (row[1] * b).Sin() : a * b);
            return v.Dropout(0.4, new Random(7)) * (sum + Scalar.Dot<double>([a, b], [b, v[2]]));
        }

        Gradients<double> g = tape.Backward(tape.Checkpoint(x, Part).Sum()), plain = tape.Backward(Part(x).Sum());
        g[x].ToArray().ShouldBe(plain[x].ToArray(), 1e-14);
    }

    [Test]
    public void TermsOfASumMayHaveThem()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([0.3, -0.7, 1.1], [3]), y = tape.Checkpoint(x, v => v.Exp());
        Gradients<double> sum = tape.Accumulate();
        TapeMark mark = tape.Mark();
        for (int i = 1; i <= 3; i++)
        {
            int power = i;
            tape.Backward(tape.Checkpoint(y, v => v.Pow(power)).Sum(), sum);
            tape.Rewind(mark);
        }

        tape.Complete(sum);
        for (int i = 0; i < 3; i++)
        {
            double e = Math.Exp(x.Values[i]);
            sum[x][i].ShouldBe(e + (2 * e * e) + (3 * e * e * e), 1e-13);
        }
    }

    [Test]
    public void TheMemoryIsThatOfOnePart()
    {
        static Variable<double> Part(Variable<double> x)
        {
            for (int i = 0; i < 20; i++) x = x.Sin() + x;
            return x;
        }

        long Peak(bool checkpoints)
        {
            using var tape = new Tape<double>();
            Variable<double> x = tape.Variable(new double[4096], [4096]), y = x;
            for (int i = 0; i < 20; i++) y = checkpoints ? tape.Checkpoint(y, Part) : Part(y);
            tape.Backward(y.Sum());
            return tape.Statistics.PeakBytes;
        }

        // 800 tensors without; with: 20 results, one part of 40 and its cotangents
        (Peak(false) / Peak(true)).ShouldBeGreaterThan(8);
    }

    [Test]
    public void AnotherResultIsRefusedAndTheTapeStaysUsable()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]);
        var random = new Random(1);
        Variable<double> y = tape.Checkpoint(x, v => v * random.NextDouble());
        int count = tape.Count;
        Should.Throw<InvalidOperationException>(() => tape.Backward(y.Sum())).Message.ShouldContain("Checkpoint: the function gave another result");
        Should.Throw<InvalidOperationException>(() => tape.Gradient(y.Sum(), x)).Message.ShouldContain("Checkpoint: the function gave another result");
        tape.Count.ShouldBe(count + 2, "the two sums");
        tape.Backward((x * x).Sum())[x].ToArray().ShouldBe([2, 4]);

        // the same draws each time
        Variable<double> good = tape.Checkpoint(x, v => v * new Random(5).NextDouble());
        tape.Backward(good.Sum())[x][0].ShouldBe(new Random(5).NextDouble());
    }

    [Test]
    public void WhatGoesWrongInsideComesOutAndLeavesTheTapeAsItWas()
    {
        using var tape = new Tape<double>();
        using var other = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]), z = other.Variable([1, 2], [2]);
        int count = tape.Count;
        Should.Throw<ShapeException>(() => tape.Checkpoint(x, v => v + tape.Constant([1, 2, 3], [3])));
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => v * tape.Variable([1, 2], [2]))).Message.ShouldContain("needs variables made before it");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => z * z)).Message.ShouldContain("two tapes");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(z, v => v));
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v =>
        {
            tape.Backward(v.Sum());
            return v.Exp();
        })).Message.ShouldContain("Backward: called inside the function of a checkpoint");
        Should.Throw<ArgumentNullException>(() => tape.Checkpoint(null!));
        tape.Count.ShouldBe(count);
        tape.Backward(tape.Checkpoint(x, v => v.Square()).Sum())[x].ToArray().ShouldBe([2, 4]);
    }

    [Test]
    public void AProductThatIsUsedAgainAfterwardsKeepsItsPartInside()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(0.7), b = tape.Variable(1.3), c = tape.Variable(0.4), p = a * b, q = p + c;
        Scalar<double> y = tape.Checkpoint(() => ((Variable<double>)p).Sin()).AsScalar(), z = p * p;
        double expected = Math.Cos(0.91) + (2 * 0.91) + 1;
        Scalar<double> sum = y + z + q;
        Gradients<double> g = tape.Backward(sum);
        g[a].ShouldBe(expected * 1.3, 1e-14);
        g[b].ShouldBe(expected * 0.7, 1e-14);
        tape.Gradient(sum, a).Value.ShouldBe(expected * 1.3, 1e-14);
    }

    [Test]
    public void WhatWasRecordedAfterItIsRefused()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]), captured = x;
        Variable<double> y = tape.Checkpoint(() => captured.Exp());
        captured = x * 1.0;
        Variable<double> z = y * captured;
        Should.Throw<InvalidOperationException>(() => tape.Backward(z.Sum())).Message.ShouldContain("used Multiply, which was recorded after it");
        Should.Throw<InvalidOperationException>(() => tape.Gradient(z.Sum(), x)).Message.ShouldContain("recorded after it");
        captured = x;
        tape.Backward(z.Sum())[x][0].ShouldBe(2 * Math.E, 1e-14);
    }

    [Test]
    public void TheFunctionMayNotGoBackBehindItself()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]);
        TapeMark mark = tape.Mark();
        Variable<double> kept = x.Exp();
        int count = tape.Count;
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => { tape.Rewind(mark); return v.Exp(); })).Message.ShouldContain("Rewind: called inside the function of a checkpoint");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => { tape.Reset(); return v.Exp(); })).Message.ShouldContain("Reset: called inside");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => { tape.Dispose(); return v.Exp(); })).Message.ShouldContain("called inside");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => { tape.Accumulate(); return v.Exp(); })).Message.ShouldContain("Accumulate: called inside");
        Should.Throw<InvalidOperationException>(() => tape.Checkpoint(x, v => v * tape.Variable(new Parameter<double>([1, 2], [2])))).Message.ShouldContain("other parameters each time");
        tape.Count.ShouldBe(count);
        tape.Backward((tape.Checkpoint(x, Inner) * kept).Sum())[x][0].ShouldBe(2 * Math.E * Math.E, 1e-13);

        Variable<double> Inner(Variable<double> v)
        {
            TapeMark own = tape.Mark();
            _ = v.Sin();
            tape.Rewind(own);
            return v.Exp();
        }
    }

    [Test]
    public void ASumWhoseTermFailedIsRefused()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]);
        var random = new Random(1);
        Gradients<double> sum = tape.Accumulate();
        Scalar<double> term = tape.Checkpoint(x, v => v * random.NextDouble()).Sum();
        Should.Throw<InvalidOperationException>(() => tape.Backward(term, sum)).Message.ShouldContain("another result");
        Should.Throw<InvalidOperationException>(() => tape.Complete(sum));
        tape.Backward(x.Sum())[x].ToArray().ShouldBe([1, 1]);
    }

    [Test]
    public void WhatWasFoundIsGivenBackAsItIs()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1, 2], [2]);
        int count = tape.Count;
        Variable<double> y = tape.Checkpoint(() => x);
        tape.Count.ShouldBe(count);
        tape.Backward((y * y).Sum())[x].ToArray().ShouldBe([2, 4]);
        tape.Checkpoint(() => 3.0).AsScalar().Value.ShouldBe(3);
    }

    // a net of three layers whose weights are used again in each, by scalars, too
    private static double[] Run(bool checkpoints, bool consume)
    {
        var random = new Random(3);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(Draw(Rows * Width), [Rows, Width]), w = tape.Variable(Draw(Width * Width), [Width, Width]), b = tape.Variable(Draw(Width), [Width]);
        Scalar<double> scale = tape.Variable(0.8);
        Variable<double> y = x;
        for (int layer = 0; layer < 3; layer++)
        {
            Variable<double> Layer(Variable<double> v) => ((v.MatMul(w) + b).Tanh() * scale).LayerNorm(b, v[0, 0] * b) + (v.Reshape([Rows, Width]) * scale * scale);
            y = checkpoints ? tape.Checkpoint(y, Layer) : Layer(y);
        }

        Gradients<double> g = tape.Backward(y.Square().Sum(), consume: consume);
        return [.. g[x].ToArray(), .. g[w].ToArray(), .. g[b].ToArray(), g[scale]];
    }
}
