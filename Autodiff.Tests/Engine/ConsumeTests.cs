using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>A sweep that consumes: the same gradients from less memory, and what is gone is refused by name.</summary>
[NonParallelizable] // counts bytes
[TestFixture]
public sealed class ConsumeTests
{
    private const int Depth = 30, Size = 5000;

    [Test]
    public void GradientsAreTheSameAndThePeakIsLower()
    {
        Parameter<double>[] w = [.. Enumerable.Range(0, Depth).Select(k => new Parameter<double>([.. Enumerable.Range(0, Size).Select(i => Math.Sin(i + k) / 10)], [Size], "w"))];
        (double[] kept, long keptPeak) = Step(false);
        (double[] consumed, long consumedPeak) = Step(true);
        consumed.ShouldBe(kept);

        // two values a layer, then a gradient a layer: these take the places of those
        const long tensor = Size * sizeof(double);
        keptPeak.ShouldBeGreaterThan(3 * Depth * tensor);
        consumedPeak.ShouldBeLessThan(((2 * Depth) + 5) * tensor * 9 / 8);

        (double[], long) Step(bool consume)
        {
            using var tape = new Tape<double>();
            for (int i = 0; ; i++)
            {
                tape.Reset();
                Variable<double> y = tape.Variable(w[0]);
                foreach (Parameter<double> p in w) y = (y + tape.Variable(p)).Sin();
                Gradients<double> g = tape.Backward(y.Sum(), consume: consume);
                if (i == 2) return ([.. w.SelectMany(p => g[p].ToArray())], tape.Statistics.PeakBytes);
            }
        }
    }

    [Test]
    public void ScalarsLeavesConstantsAndKeptTensorsStayTheRestIsRefused()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2, 3], [3]), c = tape.Constant([2.0, 2, 2], [3]), h = x * c, k = h.Exp(), v = h.Reshape([3, 1]);
        Scalar<double> loss = (k + h).Sum();
        Gradients<double> g = tape.Backward(loss, keep: [k], consume: true);
        g[x].ToArray().ShouldBe([2 * (Math.Exp(2) + 1), 2 * (Math.Exp(4) + 1), 2 * (Math.Exp(6) + 1)], 1e-12);
        loss.Value.ShouldBe(Math.Exp(2) + Math.Exp(4) + Math.Exp(6) + 12, 1e-12);
        x.Values.ToArray().ShouldBe([1, 2, 3]);
        c.Values.ToArray().ShouldBe([2, 2, 2]);
        k.Values.ToArray().ShouldBe([Math.Exp(2), Math.Exp(4), Math.Exp(6)], 1e-12);
        g[k].ToArray().ShouldBe([1, 1, 1]);
        Gone(() => h.Values.ToArray());
        Gone(() => v.Exp());
        Gone(() => h[1].Sin());
        Gone(() => tape.Backward(loss));
        Gone(() => tape.Gradient(loss, x));
        tape.Backward((x * c).Sum())[x].ToArray().ShouldBe([2, 2, 2]);

        static void Gone(Action use) => Should.Throw<InvalidOperationException>(use).Message.ShouldContain("consume: true");
    }

    [Test]
    public void AfterwardsTheTapeIsAsGoodAsNew()
    {
        var random = new Random(3);
        var w = new Parameter<float>([.. Enumerable.Range(0, 40 * 30).Select(_ => random.NextSingle() - 0.5f)], [40, 30], "w");
        float[] data = [.. Enumerable.Range(0, 64 * 40).Select(_ => random.NextSingle())];
        using var fresh = new Tape<float>();
        float[] expected = Step(fresh, false);
        using var tape = new Tape<float>();
        for (int i = 0; i < 20; i++) Step(tape, true).ShouldBe(expected);
        long bytes = tape.Bytes, before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Sweep(tape, true);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        tape.Bytes.ShouldBe(bytes);
        Step(tape, false).ShouldBe(expected);

        float[] Step(Tape<float> tape, bool consume) => Sweep(tape, consume)[w].ToArray();

        Gradients<float> Sweep(Tape<float> tape, bool consume)
        {
            tape.Reset();
            Variable<float> h = tape.Constant(data, [64, 40]);
            for (int i = 0; i < 5; i++) h = MatMul.Of(h.MatMul(tape.Variable(w)).Tanh(), tape.Variable(w), false, true);
            return tape.Backward(h.Softmax(1).Square().Mean(), consume: consume);
        }
    }

    [Test]
    public void ATermBetweenMarkAndRewindMayBeConsumed()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([.. Enumerable.Range(0, 100).Select(i => i / 100.0)], [100]), before = x.Exp();
        TapeMark mark = tape.Mark();
        double[]? first = null;
        for (int i = 0; i < 10; i++)
        {
            double[] g = tape.Backward((x.Sin() * x).Tanh().Sum(), consume: true)[x].ToArray();
            (first ??= g).ShouldBe(g);
            tape.Rewind(mark);
            Should.Throw<InvalidOperationException>(() => before.Values.ToArray(), "the sweep passed it, too").Message.ShouldContain("consume: true");
        }
    }
}
