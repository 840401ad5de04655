using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Whether any or all, how many, where, and what a mask takes.</summary>
[TestFixture]
public sealed class ConditionTests
{
    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void AnyAllAndCount()
    {
        Variable<double> x = tape.Variable([0, -0.0, 0, 1, double.NaN, -2], [2, 3]), none = tape.Variable([], [2, 0]);
        x.Any(1).Values.ToArray().ShouldBe([0, 1]);
        x.All(1).Values.ToArray().ShouldBe([0, 1]);
        x.All(0, keepDims: true).Values.ToArray().ShouldBe([0, 0, 0]);
        x.CountNonZero(0).Values.ToArray().ShouldBe([1, 1, 1]);
        x.CountNonZero([0, 1]).Values.ToArray().ShouldBe([3]);
        (x.Any(), x.All(), x.CountNonZero()).ShouldBe((true, false, 3));
        none.Any(1).Values.ToArray().ShouldBe([0, 0]);
        none.All(1).Values.ToArray().ShouldBe([1, 1]);
        (none.Any(), none.All(), none.CountNonZero()).ShouldBe((false, true, 0));
        x.Any([0, 1]).Shape.Rank.ShouldBe(0);
        x.All([-1], keepDims: true).Shape.ShouldBe([2, 1]);
        tape.Backward((x.Any(1) + x.All(1) + x.CountNonZero(1)).Sum())[x].ToArray().ShouldBe(new double[6]);
        int count = tape.Count;
        _ = x.Any() && x.All() && x.NonZero().Length > 0;
        tape.Count.ShouldBe(count, "nothing was recorded");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Any(2)).Message.ShouldContain("Any: axis is 2");
        Should.Throw<ArgumentOutOfRangeException>(() => x.All(-3)).Message.ShouldContain("All: axis is -3");
        Should.Throw<ArgumentOutOfRangeException>(() => x.CountNonZero(2)).Message.ShouldContain("CountNonZero: axis is 2");
        Should.Throw<ShapeException>(() => x.CountNonZero([])).Message.ShouldContain("CountNonZero: x is [2, 3], no axes");
    }

    [Test]
    public void MasksTakeElementsAndGiveGradientsBack()
    {
        Variable<double> x = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]);
        Variable<double> y = x.MaskedSelect(x.GreaterThan(2.5));
        y.Values.ToArray().ShouldBe([3, 4, 5, 6]);
        tape.Backward(y.Square().Sum())[x].ToArray().ShouldBe([0, 0, 6, 8, 10, 12]);
        x.MaskedSelect(tape.Constant([0.0, double.NaN], [2, 1])).Values.ToArray().ShouldBe([4, 5, 6]);
        x.Slice(0, 0, 1).MaskedSelect(x.GreaterThan(4.5)).Values.ToArray().ShouldBe([2, 3], "x is broadcast, too");
        Variable<double> none = x.MaskedSelect(x.GreaterThan(9));
        none.Shape.ShouldBe([0]);
        tape.Backward(none.Sum())[x].ToArray().ShouldBe(new double[6]);
        x.GreaterThan(2.5).NonZero().ToArray().ShouldBe([2, 3, 4, 5]);
        Should.Throw<InvalidOperationException>(() => ((Variable<double>)2.0).NonZero().Length).Message.ShouldStartWith("NonZero: ");
        x.Flatten().IndexSelect(x.GreaterThan(2.5).NonZero(), 0).Values.ToArray().ShouldBe([3, 4, 5, 6]);
        Should.Throw<ShapeException>(() => x.MaskedSelect(tape.Constant([1.0, 0], [2]))).Message.ShouldContain("MaskedSelect: a is [2, 3], b is [2]");
    }

    [Test]
    public void WhatIsNaNIsLeftOut()
    {
        Variable<double> x = tape.Variable([1.0, double.NaN, 3, double.NaN, double.NaN, double.NaN, double.PositiveInfinity, 2, double.NaN], [3, 3]);
        x.NanSum(1).Values.ToArray().ShouldBe([4, 0, double.PositiveInfinity]);
        x.NanMean(1).Values.ToArray().ShouldBe([2, double.NaN, double.PositiveInfinity]);
        x.NanMean(1, keepDims: true).Shape.ShouldBe([3, 1]);
        x.NanSum([0, 1]).Values.ToArray().ShouldBe([double.PositiveInfinity]);
        Variable<double> rows = x.Slice(0, 0, 2);
        (rows.NanSum().Value, rows.NanMean().Value).ShouldBe((4, 2));
        tape.Backward(rows.NanMean(1).Sum())[x].ToArray().ShouldBe([0.5, 0, 0.5, 0, 0, 0, 0, 0, 0]);
        tape.Backward(rows.NanSum())[x].ToArray().ShouldBe([1, 0, 1, 0, 0, 0, 0, 0, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.NanSum(2)).Message.ShouldContain("NanSum: axis is 2");
        Should.Throw<ArgumentOutOfRangeException>(() => x.NanMean(-3)).Message.ShouldContain("NanMean: axis is -3");
    }

    [Test]
    public void PlacesInAnOrder()
    {
        Variable<double> order = tape.Variable([1.0, 2, 2, 5, double.NaN], [5]), x = tape.Variable([0, 2, 3, double.PositiveInfinity, double.NaN, 1], [2, 3]);
        order.SearchSorted(x).ToArray().ShouldBe([0, 1, 3, 4, 4, 0]);
        order.SearchSorted(x, right: true).ToArray().ShouldBe([0, 3, 3, 4, 5, 1]);
        order.Slice(0, 0, 0).SearchSorted(x).ToArray().ShouldBe(new int[6]);
        Should.Throw<ShapeException>(() => x.SearchSorted(order)).Message.ShouldContain("SearchSorted: the sorted elements are [2, 3]");
    }
}
