using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>Schedules at steps worked out by hand.</summary>
public sealed class LearningRateTests
{
    [TestCase(0, 0)]
    [TestCase(1, 0.25)]
    [TestCase(4, 1)]
    [TestCase(9, 1)]
    public void A_warm_up_is_a_line(int step, double expected) => Assert.That(LearningRates.Linear(step, 4, 0, 1), Is.EqualTo(expected));

    [TestCase(0, 1)]
    [TestCase(2, 0.775)]
    [TestCase(3, 0.55)]
    [TestCase(6, 0.1)]
    [TestCase(7, 0.1)]
    public void A_cosine_falls_from_the_first_rate_to_the_last(int step, double expected) => Assert.That(LearningRates.Cosine(step, 6, 1, 0.1), Is.EqualTo(expected).Within(1e-15));

    [TestCase(0, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 1)]
    [TestCase(8, 0.5)]
    public void A_decay_comes_in_stairs(int step, double expected) => Assert.That(LearningRates.Decay(step, 3, 2, 0.5), Is.EqualTo(expected));

    [Test]
    public void Bad_numbers_are_refused()
    {
        Assert.That(() => LearningRates.Cosine(-1, 4, 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Cosine: step is -1; needs"));
        Assert.That(() => LearningRates.Linear(1, 0, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Linear: steps is 0; needs"));
        Assert.That(() => LearningRates.Decay(1, 0, 1, 0.5), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Decay: every is 0; needs"));
        Assert.That(() => LearningRates.Decay(1, 1, 1, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("NaN"));
    }
}
