using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Running extrema, medians, quantiles, norms of any order and reductions over several axes, against loops.</summary>
[TestFixture]
public sealed class OrderStatisticsTests
{
    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void RunningExtremaTakeTheFirst()
    {
        Variable<double> x = tape.Variable([1.0, 3, 3, 2, double.NaN, 5], [6]);
        x.CumMax(0, out ReadOnlySpan<int> places).Values.ToArray().ShouldBe([1, 3, 3, 3, double.NaN, double.NaN]);
        places.ToArray().ShouldBe([0, 1, 1, 1, 4, 4]);
        x.CumMin(0, out places).Values.ToArray().ShouldBe([1, 1, 1, 1, double.NaN, double.NaN]);
        places.ToArray().ShouldBe([0, 0, 0, 0, 4, 4]);
        tape.Variable([], [2, 0]).CumMax(1).Shape.ShouldBe([2, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.CumMin(1)).Message.ShouldContain("CumMin");
    }

    [Test]
    public void RunningLogSumsAgreeWithLoops()
    {
        double[] numbers = [-2, 700, 3, 701, double.NegativeInfinity, -900];
        double[] y = tape.Variable(numbers, [6]).LogCumSumExp(0).Values.ToArray();
        for (int i = 0; i < numbers.Length; i++) y[i].ShouldBe(700 + Math.Log(numbers.Take(i + 1).Sum(v => Math.Exp(v - 700))), i == 0 ? double.PositiveInfinity : 1e-12);
        y[0].ShouldBe(-2);
    }

    [Test]
    public void MediansAndQuantiles()
    {
        Variable<double> x = tape.Variable([4.0, 1, 3, 2, double.NaN, 9, 7, double.NaN], [2, 4]);
        x.Median(1).Values.ToArray().ShouldBe([2, double.NaN]);
        tape.Backward(x.Median(1).Sum())[x].ToArray().ShouldBe([0, 0, 0, 1, 1, 0, 0, 0]);
        x.Slice(0, 0, 1).Quantile(0.25).Value.ShouldBe(1.75);
        x.Slice(0, 0, 1).Quantile(1, 1, keepDims: true).Values.ToArray().ShouldBe([4]);
        x.Quantile(0.5).Value.ShouldBe(double.NaN);
        tape.Variable([double.PositiveInfinity, 1], [2]).Quantile(0).Value.ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => x.Quantile(1.5)).Message.ShouldContain("Quantile: q is 1.5");
        Should.Throw<ShapeException>(() => tape.Variable([], [0]).Median()).Message.ShouldContain("Median: x is [0]");
    }

    [Test]
    public void NormsOfAnyOrder()
    {
        double[] numbers = [3, -4, 0, 1e200, -2e200, 1e200];
        Variable<double> x = tape.Variable(numbers, [2, 3]);
        foreach (double order in new[] { 1, 1.5, 2, 3, double.PositiveInfinity })
        {
            double[] y = x.Norm(1, order).Values.ToArray();
            for (int row = 0; row < 2; row++)
            {
                double[] scaled = [.. numbers.Skip(3 * row).Take(3).Select(v => Math.Abs(v) / (row == 0 ? 1 : 1e200))];
                double expected = double.IsInfinity(order) ? scaled.Max() : Math.Pow(scaled.Sum(v => Math.Pow(v, order)), 1 / order);
                y[row].ShouldBe(expected * (row == 0 ? 1 : 1e200), 1e-14 * y[row]);
            }
        }

        Variable<double> zeros = tape.Variable([0.0, 0], [2]);
        tape.Backward(zeros.Norm(0, 3.0))[zeros].ToArray().ShouldBe([0, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.Norm(0, double.NaN)).Message.ShouldContain("Norm: order is NaN");
    }

    [Test]
    public void SeveralAxesAreOne()
    {
        double[] numbers = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i) + 1.5)];
        Variable<double> x = tape.Variable(numbers, [2, 3, 4]);
        (string Name, Func<Variable<double>, int[], bool, Variable<double>> Call, Func<Variable<double>, Scalar<double>> Whole)[] ops =
        [
            ("Sum", (v, axes, keep) => v.Sum(axes, keep), v => v.Sum()), ("Mean", (v, axes, keep) => v.Mean(axes, keep), v => v.Mean()),
            ("Max", (v, axes, keep) => v.Max(axes, keep), v => v.Max()), ("Min", (v, axes, keep) => v.Min(axes, keep), v => v.Min()),
            ("LogSumExp", (v, axes, keep) => v.LogSumExp(axes, keep), v => v.LogSumExp()), ("Product", (v, axes, keep) => v.Product(axes, keep), v => v.Product()),
            ("Norm", (v, axes, keep) => v.Norm(axes, keep), v => v.Norm()), ("Std", (v, axes, keep) => v.Std(axes, keep, 1), v => v.Std(correction: 1)),
            ("Variance", (v, axes, keep) => v.Variance(axes, keep, 1), v => v.Variance(correction: 1)),
        ];
        foreach ((string name, Func<Variable<double>, int[], bool, Variable<double>> call, Func<Variable<double>, Scalar<double>> whole) in ops)
        {
            // apart, beside each other, and all
            double[] apart = call(x, [2, 0], false).Values.ToArray(), beside = call(x, [-1, 1], true).Values.ToArray();
            for (int j = 0; j < 3; j++) apart[j].ShouldBe(whole(x.Slice(1, j, 1)).Value, 1e-14 * Math.Abs(apart[j]), name);
            for (int i = 0; i < 2; i++) beside[i].ShouldBe(whole(x.Slice(0, i, 1)).Value, 1e-14 * Math.Abs(beside[i]), name);
            call(x, [0, 2], true).Shape.ShouldBe([1, 3, 1]);
            call(x, [0, 1, 2], false).AsScalar().Value.ShouldBe(whole(x).Value, 1e-14 * Math.Abs(whole(x).Value), name);
            Should.Throw<ShapeException>(() => call(x, [0, -3], false)).Message.ShouldContain($"{name}: x is [2, 3, 4], the axes are [0, -3]");
            Should.Throw<ShapeException>(() => call(x, [], false)).Message.ShouldContain($"{name}: x is [2, 3, 4], no axes");
            Should.Throw<ArgumentOutOfRangeException>(() => call(x, [3], false)).Message.ShouldContain(name);
        }

        Variable<double> weights = tape.Constant([1.0, 2, 3], [3]);
        double[] g = tape.Backward((x.Sum([0, 2]) * weights).Sum())[x].ToArray();
        for (int i = 0; i < 24; i++) g[i].ShouldBe(1 + (i / 4 % 3));
    }

    [Test]
    public void TakingAlongAnAxis()
    {
        Variable<double> x = tape.Variable([5.0, 1, 3, 2, 4, 6], [2, 3]);
        x.TakeAlongAxis(x.ArgSort(1), [2, 3], 1).Values.ToArray().ShouldBe([1, 3, 5, 2, 4, 6]);
        x.TakeAlongAxis(x.ArgMax(1), [2, 1], 1).Values.ToArray().ShouldBe([5, 6]);
        x.TakeAlongAxis([1, 0], [1, 2], 1).Values.ToArray().ShouldBe([1, 5, 4, 2]);
        x.Slice(0, 0, 1).TakeAlongAxis([1, 2], [2, 1], 1).Values.ToArray().ShouldBe([1, 3]);
        int count = tape.Count;
        Should.Throw<ArgumentOutOfRangeException>(() => x.TakeAlongAxis([3], [1, 1], 1)).Message.ShouldContain("TakeAlongAxis: index 3");
        tape.Count.ShouldBe(count, "nothing was recorded");
        Should.Throw<ShapeException>(() => x.TakeAlongAxis([1], [1], 1)).Message.ShouldContain("TakeAlongAxis: x is [2, 3]");
    }

    [Test]
    public void AddingAtIndices()
    {
        Variable<double> x = tape.Variable([1.0, 2, 3, 4], [2, 2]), source = tape.Variable([10.0, 20, 30], [1, 3]), rows = tape.Variable([5.0, 6, 7, 8], [2, 2]);
        x.ScatterAdd([0, 1, 1], 1, source).Values.ToArray().ShouldBe([11, 52, 3, 4]);
        x.IndexAdd([1, 1], 0, rows).Values.ToArray().ShouldBe([1, 2, 15, 18]);
        Should.Throw<ShapeException>(() => x.ScatterAdd([0, 1], 1, source)).Message.ShouldContain("ScatterAdd: x is [2, 2], the source [1, 3], 2 indices");
        Should.Throw<ArgumentOutOfRangeException>(() => x.ScatterAdd([0, 2, 1], 1, source)).Message.ShouldContain("ScatterAdd: index 2");
        Should.Throw<ShapeException>(() => x.IndexAdd([0], 0, rows)).Message.ShouldContain("IndexAdd: x is [2, 2], the source [2, 2], 1 indices");
    }
}
