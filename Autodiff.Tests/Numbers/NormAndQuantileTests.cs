using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Norms of every order, quantiles of every mode, and both over several axes, against numbers by hand and loops.</summary>
[TestFixture]
public sealed class NormAndQuantileTests
{
    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    // by hand: (1 + 2 + 3)², 1/(1/2 + 1/3 + 1/6), the count, the extremes
    [TestCase(0.5, new double[] { 1, -4, 9 }, 36, new double[] { 6, -3, 2 })]
    [TestCase(-1, new double[] { 2, -3, 6 }, 1, new double[] { 0.25, -1.0 / 9, 1.0 / 36 })]
    [TestCase(-1, new double[] { 2, 0, 6 }, 0, new double[] { 0, 0, 0 })]
    [TestCase(-1, new double[] { 2, double.PositiveInfinity }, 2, new double[] { 1, 0 })]
    [TestCase(-2, new double[] { 1e-200, 1e-200 }, 7.0710678118654755e-201, new double[] { 0.35355339059327379, 0.35355339059327379 })]
    [TestCase(0.5, new double[] { 1e200, -1e200 }, 4e200, new double[] { 2, -2 })]
    [TestCase(0.5, new double[] { 0, 0 }, 0, new double[] { 0, 0 })]
    [TestCase(0.5, new double[] { 0, 4 }, 4, new double[] { 0, 1 })]
    [TestCase(0.5, new double[] { }, 0, new double[] { })]
    [TestCase(0, new double[] { 5, 0, -1e-300, double.PositiveInfinity }, 3, new double[] { 0, 0, 0, 0 })]
    [TestCase(0, new double[] { }, 0, new double[] { })]
    [TestCase(1, new double[] { 5, 0, -2 }, 7, new double[] { 1, 0, -1 })]
    [TestCase(3, new double[] { 3, -4, 5 }, 6.0, new double[] { 0.25, -4.0 / 9, 25.0 / 36 })]
    [TestCase(double.PositiveInfinity, new double[] { 3, -4, 4 }, 4, new double[] { 0, -1, 0 })]
    [TestCase(double.NegativeInfinity, new double[] { 3, -2, 2 }, 2, new double[] { 0, -1, 0 })]
    [TestCase(double.NegativeInfinity, new double[] { 3, 0 }, 0, new double[] { 0, 0 })]
    public void NormsByHand(double order, double[] numbers, double expected, double[] gradient)
    {
        Variable<double> x = tape.Variable(numbers, [numbers.Length]);
        Scalar<double> y = x.Norm(order);
        y.Value.ShouldBe(expected, 4e-16 * expected);
        double[] got = tape.Backward(y)[x].ToArray(), recorded = tape.Gradient(y, x).Values.ToArray();
        for (int i = 0; i < numbers.Length; i++)
        {
            got[i].ShouldBe(gradient[i], 1e-15 * Math.Abs(gradient[i]));
            recorded[i].ShouldBe(got[i]);
        }
    }

    [TestCase(0)]
    [TestCase(0.5)]
    [TestCase(-2)]
    [TestCase(1.5)]
    [TestCase(double.NegativeInfinity)]
    public void ANaNGoesOn(double order)
    {
        Variable<double> x = tape.Variable([1.0, double.NaN, 0], [3]);
        Scalar<double> y = x.Norm(order);
        y.Value.ShouldBe(double.NaN);
        tape.Backward(y)[x][1].ShouldBe(double.NaN);
    }

    [Test]
    public void NormsOverSeveralAxesAreThoseOfTheSlices()
    {
        double[] numbers = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i) + (i % 3 == 0 ? 0.2 : -1.5))];
        Variable<double> x = tape.Variable(numbers, [2, 3, 4]);
        foreach (double order in new[] { 0, 0.5, -1.5, 1, 2, 3, double.PositiveInfinity, double.NegativeInfinity })
        {
            double[] y = x.Norm([2, 0], order).Values.ToArray();
            for (int j = 0; j < 3; j++) y[j].ShouldBe(x.Slice(1, j, 1).Norm(order).Value, 1e-14 * y[j]);
            x.Norm([0, -1], order, keepDims: true).Shape.ShouldBe([1, 3, 1]);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => x.Norm(double.NaN)).Message.ShouldContain("Norm: order is NaN");
        Should.Throw<ShapeException>(() => x.Norm([1, 1], 3)).Message.ShouldContain("Norm: x is [2, 3, 4], the axes are [1, 1]");
        Should.Throw<ShapeException>(() => x.Slice(1, 0, 0).Norm(1, -1.0)).Message.ShouldContain("Norm: x is [2, 0, 4], axis 1 is empty, order is -1");
        Variable<double> none = x.Slice(1, 0, 0);
        int count = tape.Count;
        Should.Throw<ArgumentOutOfRangeException>(() => x.Norm(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => x.Norm([0, 2], double.NaN));
        Should.Throw<ShapeException>(() => none.Norm(-1.0)).Message.ShouldContain("Norm: x is [2, 0, 4], order is -1");
        Should.Throw<ShapeException>(() => none.Norm([1, 2], double.PositiveInfinity)).Message.ShouldContain("Norm: x is [2, 0, 4], axis 1 is empty");
        tape.Count.ShouldBe(count);
    }

    [TestCase(QuantileMode.Linear, 2.2, 2.5)]
    [TestCase(QuantileMode.Lower, 2, 2)]
    [TestCase(QuantileMode.Higher, 3, 3)]
    [TestCase(QuantileMode.Nearest, 2, 3)]
    [TestCase(QuantileMode.Midpoint, 2.5, 2.5)]
    public void QuantilesOfEveryMode(QuantileMode mode, double atTwoFifths, double atHalf)
    {
        Variable<double> x = tape.Variable([4.0, 1, 3, 2], [4]);
        x.Quantile(0.4, mode).Value.ShouldBe(atTwoFifths, 1e-15);
        x.Quantile([0.4, 0.5, 0, 1], mode).Values.ToArray().ShouldBe([atTwoFifths, atHalf, 1, 4], 1e-15);
        x.Quantile([0.5], 0, keepDims: true, mode).Values.ToArray().ShouldBe([atHalf]);
    }

    [Test]
    public void SeveralQuantilesStandInFront()
    {
        Variable<double> x = tape.Variable([.. Enumerable.Range(0, 24).Select(i => i * 7 % 24 * 1.0)], [2, 3, 4]);
        double[] q = [0.9, 0, 0.35];
        Variable<double> y = x.Quantile(q, 1), kept = x.Quantile(q, [0, 2], keepDims: true), all = x.Quantile(q);
        y.Shape.ShouldBe([3, 2, 4]);
        x.Quantile(q, -2, keepDims: true).Shape.ShouldBe([3, 2, 1, 4]);
        kept.Shape.ShouldBe([3, 1, 3, 1]);
        for (int k = 0; k < 3; k++)
        {
            y.Slice(0, k, 1).Values.ToArray().ShouldBe(x.Quantile(q[k], 1).Values.ToArray());
            kept.Slice(0, k, 1).Values.ToArray().ShouldBe(x.Quantile(q[k], [0, 2]).Values.ToArray());
            all.Values[k].ShouldBe(x.Quantile(q[k]).Value);
        }

        x.Quantile(ReadOnlySpan<double>.Empty, 0).Shape.ShouldBe([0, 3, 4]);
        x.Median([0, 2]).Values.ToArray().ShouldBe([.. Enumerable.Range(0, 3).Select(j => x.Slice(1, j, 1).Median().Value)]);
    }

    [Test]
    public void WhatHasNoWeightIsNotRead()
    {
        Variable<double> x = tape.Variable([double.NegativeInfinity, 1, double.PositiveInfinity, 2], [4]);
        x.Quantile([0, 1.0 / 3, 0.5]).Values.ToArray().ShouldBe([double.NegativeInfinity, 1, 1.5]);
        Variable<double> bad = tape.Variable([3, double.NaN, 1], [3]);
        Variable<double> y = bad.Quantile([0, 0.3]);
        y.Values.ToArray().ShouldBe([double.NaN, double.NaN]);
        tape.Backward(y.Sum())[bad].ToArray().ShouldBe([0, 2, 0], "the first NaN has it all");
    }

    [Test]
    public void BadQuantilesAreRefused()
    {
        Variable<double> x = tape.Variable([1.0, 2], [1, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile([0.5, double.NaN], 1)).Message.ShouldContain("Quantile: q is NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile([0.5], (QuantileMode)9)).Message.ShouldContain("Quantile: mode is 9");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile([0.5], 2)).Message.ShouldContain("Quantile: axis is 2");
        Should.Throw<ShapeException>(() => x.Slice(0, 0, 0).Quantile([0.5], 0)).Message.ShouldContain("Quantile: x is [0, 2], axis 0 is empty");
        Should.Throw<ShapeException>(() => x.Slice(0, 0, 0).Median([0, 1])).Message.ShouldContain("Median: x is");
        Variable<double> none = x.Slice(0, 0, 0);
        int count = tape.Count;
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile(2.0)).Message.ShouldContain("Quantile: q is 2");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile([2.0]));
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile(2.0, [0, 1]));
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile([2.0], [0, 1]));
        Should.Throw<ShapeException>(() => none.Quantile(0.5)).Message.ShouldContain("Quantile: x is [0, 2]");
        Should.Throw<ShapeException>(() => none.Quantile(0.5, [0, 1])).Message.ShouldContain("Quantile: x is [0, 2], axis 0 is empty");
        tape.Count.ShouldBe(count);
    }
}
