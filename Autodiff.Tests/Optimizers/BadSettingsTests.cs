using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>What the optimizers refuse, and that they then change nothing.</summary>
public sealed class BadSettingsTests
{
    private static readonly Parameter<double> W = Steps.Of(1);

    private static IEnumerable<TestCaseData> Bad()
    {
        foreach (double rate in (double[])[-0.1, double.NaN, double.PositiveInfinity])
        {
            yield return Case("Sgd", "learningRate", () => new Sgd<double>([W], rate));
            yield return Case("Adam", "learningRate", () => new Adam<double>([W], rate));
            yield return Case("AdamW", "learningRate", () => new AdamW<double>([W], rate));
            yield return Case("Sgd", "learningRate", () => new Sgd<double>([W], 1) { LearningRate = rate });
            yield return Case("Adam", "learningRate", () => new Adam<double>([W]) { LearningRate = rate });
            yield return Case("AdamW", "learningRate", () => new AdamW<double>([W]) { LearningRate = rate });
            yield return Case("Sgd", "weightDecay", () => new Sgd<double>([W], 1, weightDecay: rate));
            yield return Case("AdamW", "weightDecay", () => new AdamW<double>([W], weightDecay: rate));
            yield return Case("Adam", "epsilon", () => new Adam<double>([W], epsilon: rate));
        }

        foreach (double fraction in (double[])[-0.1, 1, double.NaN])
        {
            yield return Case("Sgd", "momentum", () => new Sgd<double>([W], 1, momentum: fraction));
            yield return Case("Adam", "beta1", () => new Adam<double>([W], beta1: fraction));
            yield return Case("AdamW", "beta2", () => new AdamW<double>([W], beta2: fraction));
        }
    }

    [TestCaseSource(nameof(Bad))]
    public void A_number_out_of_its_range_is_refused_by_name(string optimizer, string setting, Action make)
    {
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => make())!;
        Assert.That(e.Message, Does.StartWith($"{optimizer}: {setting} is "));
    }

    [Test]
    public void No_parameter_and_one_that_comes_twice_are_refused()
    {
        Assert.That(() => new Sgd<double>([], 1), Throws.ArgumentException.With.Message.Contains("no parameter"));
        Assert.That(() => new Adam<double>([W, Steps.Of(2), W]), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new AdamW<double>(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_parameter_that_is_not_on_the_tape_stops_the_step_before_anything_changes()
    {
        Parameter<double> used = Steps.Of(1), forgotten = Steps.Of(1);
        var optimizer = new Sgd<double>([used, forgotten], 0.1);
        Assert.That(() => optimizer.Step(used, 1), Throws.InvalidOperationException.With.Message.Contains("not on the tape"));
        used.ShouldBe(1);
    }

    [Test]
    public void A_refused_learning_rate_leaves_the_old_one()
    {
        var optimizer = new Sgd<double>([W], 0.1);
        Assert.That(() => optimizer.LearningRate = -1, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.1));
    }

    private static TestCaseData Case(string optimizer, string setting, Func<object> make)
        => new TestCaseData(optimizer, setting, (Action)(() => make())).SetArgDisplayNames(optimizer, setting);
}
