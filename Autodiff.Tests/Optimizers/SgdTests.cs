using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>Gradient descent on ½w², whose gradient is w: sequences worked out by hand.</summary>
public sealed class SgdTests
{
    [TestCase(0, 0, new[] { 0.9, 0.81, 0.729 })]
    [TestCase(0.9, 0, new[] { 0.9, 0.72, 0.486 }, Description = "b: 1, 1.8, 2.34")]
    [TestCase(0, 0.5, new[] { 0.85, 0.7225, 0.614125 })]
    [TestCase(0.9, 0.5, new[] { 0.85, 0.5875, 0.263125 }, Description = "b: 1.5, 2.625, 3.24375")]
    public void Follows_the_formula(double momentum, double weightDecay, double[] expected)
    {
        Parameter<double> w = Steps.Of(1);
        var optimizer = new Sgd<double>([w], learningRate: 0.1, momentum, weightDecay);
        foreach (double value in expected)
        {
            optimizer.Step(w, w.Values[0]);
            w.ShouldBe(value);
        }
    }

    // 0·∞ is NaN: a penalty of 0 reads no weight
    [Test]
    public void Infinite_weights_stay_without_slope_and_penalty()
    {
        Parameter<double> w = Steps.Of(double.NegativeInfinity);
        foreach (IOptimizer<double> optimizer in (IOptimizer<double>[])[new Sgd<double>([w], 0.1), new Sgd<double>([w], 0.1, 0.9), new Adam<double>([w]), new AdamW<double>([w]), new RmsProp<double>([w])])
        {
            optimizer.Step(w, 0);
            Assert.That(w.Values.ToArray(), Is.All.EqualTo(double.NegativeInfinity));
        }
    }

    [Test]
    public void The_learning_rate_may_change_between_steps()
    {
        Parameter<double> w = Steps.Of(1);
        var optimizer = new Sgd<double>([w], learningRate: 0.5);
        optimizer.Step(w, 1);
        optimizer.LearningRate = 0.25;
        optimizer.Step(w, 1);
        w.ShouldBe(0.25);
    }

    [Test]
    public void Every_parameter_has_its_own_momentum()
    {
        Parameter<double> a = Steps.Of(0, 3), b = Steps.Of(0, 5);
        var optimizer = new Sgd<double>([a, b], learningRate: 1, momentum: 0.5);
        using var tape = new Tape<double>();
        for (int step = 0; step < 2; step++)
        {
            tape.Reset();
            optimizer.Step(tape.Backward(tape.Variable(a).Sum() - (2 * tape.Variable(b).Sum())));
        }

        a.ShouldBe(-2.5);
        b.ShouldBe(5);
    }

    [Test]
    public void Single_precision()
    {
        var w = new Parameter<float>([1f, 2f, 3f], [3]);
        using var tape = new Tape<float>();
        new Sgd<float>([w], learningRate: 0.5).Step(tape.Backward(tape.Variable(w).Square().Sum()));
        Assert.That(w.Values.ToArray(), Is.All.Zero);
    }
}
