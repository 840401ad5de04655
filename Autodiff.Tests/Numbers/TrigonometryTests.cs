using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Sine and cosine against the runtime's, over the range of the formula and beyond it.</summary>
public sealed class TrigonometryTests
{
    [Test]
    public void SineAndCosineAreRightToTwoUnitsInTheLastPlace()
    {
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            Near(One<double>.SineOf(new(x)).Value, Math.Sin(x), x);
            Near(One<double>.CosineOf(new(x)).Value, Math.Cos(x), x);
            float y = (float)x;
            Near(One<float>.SineOf(new(y)).Value, Math.Sin(y), y);
            Near(One<float>.CosineOf(new(y)).Value, Math.Cos(y), y);
        }
    }

    [Test]
    public void ZerosKeepTheirSignAndThereIsNoSineOfInfinity()
    {
        Assert.That(double.IsNegative(One<double>.SineOf(new(-0.0)).Value), Is.True);
        Assert.That(One<double>.SineOf(new(Math.PI)).Value, Is.EqualTo(Math.Sin(Math.PI)).Within(1e-31));
        Assert.That(One<double>.SineOf(new(double.PositiveInfinity)).Value, Is.NaN);
        Assert.That(One<float>.CosineOf(new(float.NaN)).Value, Is.NaN);
    }

    private static void Near(double got, double expected, double x)
        => Assert.That(Math.Abs(got - expected), Is.LessThanOrEqualTo(2 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected))), $"at {x:R}");

    private static void Near(float got, double expected, double x)
        => Assert.That(Math.Abs(got - expected), Is.LessThanOrEqualTo(2.0 * (MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected))), $"at {x:R}");
}
