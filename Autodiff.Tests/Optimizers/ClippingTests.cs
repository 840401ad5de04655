using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>Gradients cut down: by their common length and one by one.</summary>
[NonParallelizable] // counts bytes
public sealed class ClippingTests
{
    private static readonly double[] Cotangent = [3, 4];

    [TestCase(1.0, 5, new[] { 0.6, 0.8 })]
    [TestCase(5.0, 5, new[] { 3.0, 4 })]
    [TestCase(0.0, 5, new[] { 0.0, 0 })]
    [TestCase(double.PositiveInfinity, 5, new[] { 3.0, 4 })]
    public void The_norm_is_that_of_all_parameters_together(double maxNorm, double norm, double[] expected)
    {
        Parameter<double> a = Steps.Of(1, 3), b = new([2.0], [], "a number"), unused = Steps.Of(1, 2);
        using var tape = new Tape<double>();
        tape.Variable(unused);
        Gradients<double> g = tape.Backward(((3 * tape.Variable(a)[1]) + (4 * tape.Variable(b))).AsScalar());
        Assert.That(g.ClipNorm(maxNorm), Is.EqualTo(norm).Within(1e-15));
        Assert.That(g[a].ToArray(), Is.EqualTo(new[] { 0, expected[0], 0 }).Within(1e-15));
        Assert.That(g[b][0], Is.EqualTo(expected[1]).Within(1e-15));
        Assert.That(g[unused].ToArray(), Is.All.Zero);
    }

    [TestCase(1e200, 1.0)]
    [TestCase(1e308, 1e-5)]
    [TestCase(1e-200, 1e-201)]
    [TestCase(4e-324, 4e-324)]
    public void Squares_may_leave_the_range_of_numbers(double size, double maxNorm)
    {
        Parameter<double> w = Steps.Of(0, 4);
        using var tape = new Tape<double>();
        Gradients<double> g = tape.Backward(tape.Variable(w), [size, size, size, size]);
        Assert.That(g.ClipNorm(maxNorm), Is.EqualTo(2 * size));   // 2e308 is ∞
        double half = maxNorm / 2;
        foreach (double v in g[w]) Assert.That(v, Is.EqualTo(half).Within(1e-15 * half));
    }

    [Test]
    public void Single_precision()
    {
        foreach ((float size, float maxNorm) in ((float, float)[])[(1e30f, 1f), (3e38f, 1e-3f), (3f, 1f), (1e-30f, 1e-32f)])
        {
            var w = new Parameter<float>([0f, 0f, 0f, 0f], [4]);
            using var tape = new Tape<float>();
            Gradients<float> g = tape.Backward(tape.Variable(w), [size, -size, size, size]);
            Assert.That(g.ClipNorm(maxNorm), Is.EqualTo(2.0 * size).Within(1e-6 * size));
            Assert.That(g[w][1], Is.EqualTo(-maxNorm / 2).Within(1e-7 * maxNorm));
        }
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void What_is_not_finite_is_not_hidden(double bad)
    {
        Parameter<double> w = Steps.Of(0, 3);
        using var tape = new Tape<double>();
        Gradients<double> g = tape.Backward(tape.Variable(w), [1, -bad, 100]);
        Assert.That(g.ClipNorm(1), Is.EqualTo(bad));
        Assert.That(g[w].ToArray(), Is.EqualTo(new[] { 1, -bad, 100 }));
        g.ClipValue(2);
        Assert.That(g[w].ToArray(), Is.EqualTo(new[] { 1, double.IsNaN(bad) ? bad : -2, 2 }));
    }

    [Test]
    public void Elements_are_moved_into_the_limits()
    {
        Parameter<double> w = Steps.Of(0, 5), later = Steps.Of(0, 1), number = new([1.0], []);
        using var tape = new Tape<double>();
        Gradients<double> g = tape.Backward(tape.Variable(w), [-3, -0.5, 0, 0.5, 3]);
        tape.Variable(later);
        tape.Variable(number);
        g.ClipValue(1);
        Assert.That(g[w].ToArray(), Is.EqualTo(new[] { -1, -0.5, 0, 0.5, 1 }));
        Assert.That(g.ClipNorm(1), Is.EqualTo(Math.Sqrt(2.5)));
        Assert.That(g[later].ToArray(), Is.All.Zero);
        Assert.That(g[number].ToArray(), Is.All.Zero);
    }

    [Test]
    public void What_was_kept_beside_the_parameters_stays()
    {
        Parameter<double> w = Steps.Of(1, 2);
        using var tape = new Tape<double>();
        Variable<double> leaf = tape.Variable([1.0, 2], [2]), y = tape.Variable(w) + leaf;
        Gradients<double> g = tape.Backward(y, Cotangent, keep: [y]);
        g.ClipNorm(1);
        Assert.That(g[w][0], Is.EqualTo(0.6).Within(1e-15));
        Assert.That(g[y].ToArray(), Is.EqualTo(Cotangent));
        Assert.That(g[leaf].ToArray(), Is.EqualTo(Cotangent));
    }

    [Test]
    public void Bad_limits_and_gradients_are_refused()
    {
        Parameter<double> w = Steps.Of(1, 2);
        using var tape = new Tape<double>();
        Gradients<double> g = tape.Backward(tape.Variable(w).Sum());
        Assert.That(() => g.ClipNorm(-1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("ClipNorm: maxNorm is -1; needs"));
        Assert.That(() => g.ClipNorm(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => g.ClipValue(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("ClipValue: limit is NaN; needs"));
        tape.Reset();
        Assert.That(() => g.ClipNorm(1), Throws.InvalidOperationException.With.Message.Contains("needs a new sweep"));
        Assert.That(() => default(Gradients<double>).ClipValue(1), Throws.InvalidOperationException);
        Assert.That(g.Equals(default(Gradients<double>)), Is.False);
    }

    [Test]
    public void A_step_with_clipping_allocates_nothing()
    {
        Parameter<float> w = new([1f, 2, 3], [3]), b = new([4f], []);
        IOptimizer<float>[] optimizers = [new Sgd<float>([w, b], 0.1, 0.9, nesterov: true), new Adam<float>([w, b], weightDecay: 0.1), new RmsProp<float>([w, b], momentum: 0.5)];
        using var tape = new Tape<float>();
        for (int i = 0; i < 20; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Step()
        {
            tape.Reset();
            Gradients<float> g = tape.Backward((tape.Variable(w).Square() * tape.Variable(b)).Sum());
            g.ClipValue(10);
            g.ClipNorm(0.5);
            foreach (IOptimizer<float> optimizer in optimizers) optimizer.Step(g);
        }
    }

    [Test]
    public void Nesterovs_momentum_looks_ahead()
    {
        // on ½w²: g 1, b 1, step g + 0.5·b = 1.5; g 0.85, b 1.35, step 1.525; g 0.6975, b 1.3725, step 1.38375
        Parameter<double> w = Steps.Of(1);
        var optimizer = new Sgd<double>([w], 0.1, 0.5, nesterov: true);
        foreach (double expected in (double[])[0.85, 0.6975, 0.559125])
        {
            optimizer.Step(w, w.Values[0]);
            w.ShouldBe(expected);
        }

        Assert.That(() => new Sgd<double>([w], 0.1, nesterov: true), Throws.ArgumentException.With.Message.StartsWith("Sgd: momentum is 0, nesterov is true; needs"));
    }

    [Test]
    public void A_penalty_of_Adam_is_part_of_the_gradient()
    {
        Parameter<double> a = Steps.Of(2), b = Steps.Of(2);
        Adam<double> decayed = new([a], 0.1, weightDecay: 0.25), plain = new([b], 0.1);
        for (int t = 0; t < 3; t++)
        {
            decayed.Step(a, t - 0.5);
            plain.Step(b, t - 0.5 + (0.25 * b.Values[0]));
            a.ShouldBe(b.Values[0]);
        }
    }

    [TestCase(0, 0)]
    [TestCase(0.5, 0.25)]
    public void RmsProp_follows_the_formula(double momentum, double weightDecay)
    {
        Parameter<double> w = Steps.Of(1);
        var optimizer = new RmsProp<double>([w], 0.1, 0.75, 1e-3, weightDecay, momentum);
        double x = 1, v = 0, b = 0;
        foreach (double slope in (double[])[1, -2, 0.5])
        {
            double g = slope + (weightDecay * x);
            v = (0.75 * v) + (0.25 * g * g);
            b = (momentum * b) + (g / (Math.Sqrt(v) + 1e-3));
            x -= 0.1 * b;
            optimizer.Step(w, slope);
            w.ShouldBe(x);
        }

        Assert.That(() => new RmsProp<double>([w], decay: 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RmsProp: decay is 1"));
    }
}
