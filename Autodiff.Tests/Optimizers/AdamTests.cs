using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>Adam and AdamW against sequences worked out by hand for β₁ = 0.9, β₂ = 0.999, ε = 1e-8.</summary>
public sealed class AdamTests
{
    // gradients 1, −2, 0.5. m: 0.1, −0.11, −0.049; v: 0.001, 0.004999, 0.005244001; 1 − 0.9ᵗ: 0.1, 0.19, 0.271; 1 − 0.999ᵗ: 0.001, 0.001999, 0.002997001
    private static readonly double[] Gradients = [1, -2, 0.5];

    private static readonly double[] Directions =
    [
        1 / (1 + 1e-8),
        -0.11 / 0.19 / (Math.Sqrt(0.004999 / 0.001999) + 1e-8),
        -0.049 / 0.271 / (Math.Sqrt(0.005244001 / 0.002997001) + 1e-8),
    ];

    [Test]
    public void Adam_follows_the_formula()
    {
        Parameter<double> w = Steps.Of(1);
        var optimizer = new Adam<double>([w], learningRate: 0.1);
        double expected = 1;
        for (int t = 0; t < 3; t++)
        {
            optimizer.Step(w, Gradients[t]);
            expected -= 0.1 * Directions[t];
            w.ShouldBe(expected);
        }
    }

    [Test]
    public void AdamW_decays_the_weights_apart_from_the_gradient()
    {
        Parameter<double> w = Steps.Of(1);
        var optimizer = new AdamW<double>([w], learningRate: 0.1, weightDecay: 0.5);
        double expected = 1;
        for (int t = 0; t < 3; t++)
        {
            optimizer.Step(w, Gradients[t]);
            expected = (0.95 * expected) - (0.1 * Directions[t]);
            w.ShouldBe(expected);
        }
    }

    [Test]
    public void The_default_decay_of_AdamW_is_one_hundredth()
    {
        Parameter<double> w = Steps.Of(2);
        new AdamW<double>([w], learningRate: 0.5).Step(w, 0);
        w.ShouldBe(2 * 0.995);
    }

    [Test]
    public void A_constant_gradient_is_followed_in_steps_of_the_learning_rate_whatever_its_size([Values(1e-3, 2.0, 1e6)] double gradient)
    {
        Parameter<double> w = Steps.Of(0);
        var optimizer = new Adam<double>([w], learningRate: 0.25, epsilon: 0);
        for (int t = 0; t < 4; t++) optimizer.Step(w, gradient);
        w.ShouldBe(-1);
    }

    [Test]
    public void Other_betas_and_epsilon()
    {
        // m = 0.5·4 = 2, m̂ = 4; v = 0.25·16 = 4, v̂ = 16: w = −1·4 / (4 + 1)
        Parameter<double> w = Steps.Of(0);
        new Adam<double>([w], learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1).Step(w, 4);
        w.ShouldBe(-0.8);
    }
}
