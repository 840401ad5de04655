using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>What has no derivative and so no law: places, orders and constants made of labels.</summary>
[TestFixture]
public sealed class OrderTests
{
    [Test]
    public void TheFirstOfEqualOnesIsFound()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 3, 3, 0, 0, 2], [2, 3]);
        x.ArgMax(1).ToArray().ShouldBe([1, 2]);
        x.ArgMin(1).ToArray().ShouldBe([0, 0]);
        x.ArgMax(0).ToArray().ShouldBe([0, 0, 0]);
        x.ArgMax().ShouldBe(1);
        x.ArgMin().ShouldBe(3);
        tape.Variable([1.0, double.NaN, 3], [3]).ArgMax().ShouldBe(1);
        Should.Throw<ShapeException>(() => tape.Variable(ReadOnlySpan<double>.Empty, [0]).ArgMax(0)).Message.ShouldContain("ArgMax");
    }

    [Test]
    public void OrdersAreStableAndNaNIsTheGreatest()
    {
        using var tape = new Tape<float>();
        Variable<float> x = tape.Variable([2, float.NaN, 1, 2, -1], [5]);
        x.ArgSort().ToArray().ShouldBe([4, 2, 0, 3, 1]);
        x.ArgSort(descending: true).ToArray().ShouldBe([1, 0, 3, 2, 4]);
        x.TopK(2, out ReadOnlySpan<int> places, largest: false).Values.ToArray().ShouldBe([-1, 1]);
        places.ToArray().ShouldBe([4, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.TopK(6)).Message.ShouldContain("TopK");
    }

    [Test]
    public void SortingAgreesWithTheRuntimeAtEveryLength()
    {
        var random = new Random(3);
        using var tape = new Tape<double>();
        for (int n = 0; n < 70; n++)
        {
            double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(20))];
            tape.Variable(x, [n]).Sort().Values.ToArray().ShouldBe([.. x.Order()]);
            tape.Variable(x, [n]).ArgSort(descending: true).ToArray().ShouldBe([.. Enumerable.Range(0, n).OrderByDescending(i => x[i])]);
        }
    }

    [Test]
    public void LabelsBecomeRows()
    {
        using var tape = new Tape<double>();
        Variable<double> y = tape.OneHot([2, 0], 3);
        y.Shape.ShouldBe(Shape.Create([2, 3]));
        y.Values.ToArray().ShouldBe([0, 0, 1, 1, 0, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => tape.OneHot([3], 3)).Message.ShouldContain("OneHot");
    }

    [Test]
    public void TilesRepetitionsAndPartsLieWhereTheyShould()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2, 3, 4], [2, 2]);
        x.Tile([1, 2]).Values.ToArray().ShouldBe([1, 2, 1, 2, 3, 4, 3, 4]);
        x.Repeat(2, 1).Values.ToArray().ShouldBe([1, 1, 2, 2, 3, 3, 4, 4]);
        x.Roll(1, 0).Values.ToArray().ShouldBe([3, 4, 1, 2]);
        x.Tril().Values.ToArray().ShouldBe([1, 0, 3, 4]);
        x.Triu(1).Values.ToArray().ShouldBe([0, 2, 0, 0]);
        x.Flatten().Chunk(3, 0).Select(p => p.Size).ShouldBe([2, 1, 1]);
        x.Split(1, 1)[1].Values.ToArray().ShouldBe([2, 4]);
        x.Std(correction: 1).Value.ShouldBe(Math.Sqrt(5.0 / 3), 1e-15);
        Variable<double>[] grids = Variable.MeshGrid([tape.Variable([1.0, 2], [2]), tape.Variable([3.0, 4, 5], [3])]);
        grids[0].Values.ToArray().ShouldBe([1, 1, 1, 2, 2, 2]);
        grids[1].Values.ToArray().ShouldBe([3, 4, 5, 3, 4, 5]);
        Should.Throw<ShapeException>(() => x.Split([1, 2], 0)).Message.ShouldContain("Split");
        Should.Throw<ShapeException>(() => x.Squeeze(0)).Message.ShouldContain("Squeeze");
    }
}
