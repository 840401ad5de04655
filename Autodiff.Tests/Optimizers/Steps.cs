using NUnit.Framework;

namespace Autodiff.Tests.Optimizers;

/// <summary>Steps with gradients that the test chooses.</summary>
internal static class Steps
{
    /// <summary>A parameter of equal elements; 19 of them fill every width of lanes and leave some over.</summary>
    public static Parameter<double> Of(double value, int count = 19) => new(Enumerable.Repeat(value, count).ToArray(), [count]);

    /// <summary>One step in which every element of w has the same gradient.</summary>
    public static void Step(this IOptimizer<double> optimizer, Parameter<double> w, double gradient)
    {
        using var tape = new Tape<double>();
        optimizer.Step(tape.Backward(tape.Variable(w), Enumerable.Repeat(gradient, w.Size).ToArray()));
    }

    /// <summary>Every element is the expected number. The tolerance is that of rounding in a few steps: 1e-14.</summary>
    public static void ShouldBe(this Parameter<double> w, double expected)
    {
        foreach (double value in w.Values) Assert.That(value, Is.EqualTo(expected).Within(1e-14));
    }
}
