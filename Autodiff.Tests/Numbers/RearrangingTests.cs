using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Elements taken, put, moved and repeated, against lists by hand.</summary>
[TestFixture]
public sealed class RearrangingTests
{
    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void SlicesWithAStep()
    {
        Variable<double> v = tape.Variable([0.0, 1, 2, 3, 4], [5]), m = tape.Variable([.. Enumerable.Range(0, 24).Select(i => (double)i)], [2, 3, 4]);
        v.Slice(0, 0, 3, 2).Values.ToArray().ShouldBe([0, 2, 4]);
        v.Slice(-1, 4, 5, -1).Values.ToArray().ShouldBe([4, 3, 2, 1, 0]);
        v.Slice(0, 3, 2, -3).Values.ToArray().ShouldBe([3, 0]);
        v.Slice(0, 5, 0, 2).Shape.ShouldBe([0]);
        v.Slice(0, 1, 1, int.MinValue).Values.ToArray().ShouldBe([1]);
        m.Slice(1, 2, 2, -2).Values.ToArray().ShouldBe([8, 9, 10, 11, 0, 1, 2, 3, 20, 21, 22, 23, 12, 13, 14, 15]);
        tape.Backward(v.Slice(0, 4, 2, -3), [10, 20])[v].ToArray().ShouldBe([0, 20, 0, 0, 10]);
        Should.Throw<ArgumentOutOfRangeException>(() => v.Slice(0, 0, 2, 0)).Message.ShouldContain("Slice: step is 0");
        foreach ((int start, int length, int step) in new[] { (0, 4, 2), (1, 3, -1), (5, 1, 2), (-1, 1, 2), (0, -1, 2), (6, 0, 2), (0, 3, int.MaxValue) })
            Should.Throw<ShapeException>(() => v.Slice(0, start, length, step)).Message.ShouldContain($"Slice: x is [5], axis 0, start {start}, length {length}, step {step}");
    }

    [Test]
    public void DifferencesAndIntegrals()
    {
        Variable<double> v = tape.Variable([1.0, 4, 9, 16], [4]), x = tape.Variable([0.0, 1, 3, 3.5], [4]), m = tape.Variable([1.0, 2, 4, 8, 5, 5], [3, 2]);
        v.Diff().Values.ToArray().ShouldBe([3, 5, 7]);
        v.Diff(2).Values.ToArray().ShouldBe([2, 2]);
        v.Diff(0).Values.ToArray().ShouldBe([1, 4, 9, 16]);
        v.Diff(4).Shape.ShouldBe([0]);
        m.Diff(axis: 0).Values.ToArray().ShouldBe([3, 6, 1, -3]);
        v.Trapezoid().Values.ToArray().ShouldBe([21.5]);
        v.Trapezoid(0.5).Values.ToArray().ShouldBe([10.75]);
        v.Trapezoid(x).Values.ToArray().ShouldBe([2.5 + 13 + 6.25]);
        v.CumTrapezoid(x).Values.ToArray().ShouldBe([2.5, 15.5, 21.75]);
        m.Trapezoid(tape.Constant([0.0, 1, 3], [3]), 0).Values.ToArray().ShouldBe([2.5 + 9, 5 + 13]);
        m.CumTrapezoid(2, 0).Values.ToArray().ShouldBe([5, 10, 14, 23]);
        m.Trapezoid(m, 0).Values.ToArray().ShouldBe([(25.0 - 1) / 2, (25.0 - 4) / 2], "∫x dx");
        v.Slice(0, 0, 1).Trapezoid().Values.ToArray().ShouldBe([0]);
        v.Slice(0, 0, 0).Trapezoid().Values.ToArray().ShouldBe([0]);
        v.Slice(0, 0, 0).CumTrapezoid().Shape.ShouldBe([0]);
        tape.Backward(v.Trapezoid(x).Sum())[x].ToArray().ShouldBe([-2.5, -4, -6, 12.5]);
        Should.Throw<ArgumentOutOfRangeException>(() => v.Diff(-1)).Message.ShouldContain("Diff: order is -1");
        Should.Throw<ArgumentOutOfRangeException>(() => v.Trapezoid(double.NaN)).Message.ShouldContain("Trapezoid: dx is NaN");
        Should.Throw<ShapeException>(() => m.CumTrapezoid(v, 0)).Message.ShouldContain("CumTrapezoid: y is [3, 2], axis 0, x is [4]");
    }

    [Test]
    public void AxesMove()
    {
        Variable<double> x = tape.Variable([.. Enumerable.Range(0, 24).Select(i => (double)i)], [2, 3, 4]), m = tape.Variable([1.0, 2, 3, 4], [2, 2]);
        Same(x.MoveAxis(0, 2), x.Permute([1, 2, 0]));
        Same(x.MoveAxis(-1, 0), x.Permute([2, 0, 1]));
        Same(x.MoveAxis(1, 1), x);
        Same(x.MoveAxis(1, -1), x.Permute([0, 2, 1]));
        Same(x.SwapAxes(0, -1), x.Permute([2, 1, 0]));
        x.Flip([0, -1, 1]).Values.ToArray().ShouldBe([.. Enumerable.Range(0, 24).Select(i => 23.0 - i)]);
        Same(x.Flip([]), x);
        Should.Throw<ShapeException>(() => x.Flip([1, -2])).Message.ShouldContain("Flip: x is [2, 3, 4], the axes are [1, -2]");
        m.Rot90().Values.ToArray().ShouldBe([2, 4, 1, 3]);
        m.Rot90(2).Values.ToArray().ShouldBe([4, 3, 2, 1]);
        m.Rot90(-1).Values.ToArray().ShouldBe([3, 1, 4, 2]);
        Same(x.Rot90(7, 1, 2), x.Rot90(-1, 1, 2));
        Same(x.Rot90(1, 1, 2).Rot90(3, 1, 2), x);
        Should.Throw<ArgumentOutOfRangeException>(() => x.MoveAxis(3, 0)).Message.ShouldContain("MoveAxis: axis is 3");
        Should.Throw<ArgumentOutOfRangeException>(() => x.SwapAxes(0, -4)).Message.ShouldContain("SwapAxes: axis is -4");
        Should.Throw<ShapeException>(() => x.Rot90(1, 1, -2)).Message.ShouldContain("Rot90: x is [2, 3, 4], both axes are 1");
    }

    [Test]
    public void PartsGoWhereTheyAreWanted()
    {
        Variable<double> x = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]), v = tape.Variable([7.0, 8], [2]);
        var parts = new Variable<double>[3];
        x.Unbind(1, parts);
        parts.Select(p => p.Values.ToArray()).ShouldBe([[1, 4], [2, 5], [3, 6]]);
        Same(Variable.Stack(x.Unbind(-1), 1), x);
        x.Chunk(1, parts.AsSpan(0, 2));
        parts[1].Values.ToArray().ShouldBe([3, 6]);
        x.Split(2, 1, parts.AsSpan(0, 2));
        parts[0].Shape.ShouldBe([2, 2]);
        Variable.MeshGrid([v, x.Slice(0, 0, 1).Flatten()], parts.AsSpan(0, 2));
        parts[0].Values.ToArray().ShouldBe([7, 7, 7, 8, 8, 8]);
        Variable.BroadcastTensors([v.Unsqueeze(1), x], parts.AsSpan(0, 2));
        parts[0].Values.ToArray().ShouldBe([7, 7, 7, 8, 8, 8]);
        Same(parts[1], x);
        Should.Throw<ShapeException>(() => Variable.BroadcastTensors([v, x], parts.AsSpan(0, 2))).Message.ShouldContain("BroadcastTensors: a is [2], b is [2, 3]");
        Should.Throw<ShapeException>(() => Variable.BroadcastTensors([x], parts)).Message.ShouldContain("BroadcastTensors: 1 tensors came, 3 places");
        x.Repeat([2, 0, 1], 1).Values.ToArray().ShouldBe([1, 1, 3, 4, 4, 6]);
        tape.Backward(x.Repeat([3, 1], 0).Sum())[x].ToArray().ShouldBe([3, 3, 3, 1, 1, 1]);
        x.Diag().Shape.ShouldBe([2, 3, 3]);
        v.Diag(1).Values.ToArray().ShouldBe([0, 7, 0, 0, 0, 8, 0, 0, 0]);
        v.Diag(-1).Values.ToArray().ShouldBe([0, 0, 0, 7, 0, 0, 0, 8, 0]);
        Same(x.Diag(-2).Diagonal(-2), x);
        Should.Throw<ShapeException>(() => x.Unbind(0, parts)).Message.ShouldContain("Unbind: x is [2, 3], axis 0, 3 places; needs 2");
        Should.Throw<ShapeException>(() => x.Split(2, 1, parts)).Message.ShouldContain("Split: x is [2, 3], parts of 2 along axis 1, 3 places; needs 2");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Chunk(1, [])).Message.ShouldContain("Chunk: no places");
        Should.Throw<ShapeException>(() => Variable.MeshGrid([v], parts)).Message.ShouldContain("MeshGrid: 1 axes came, 3 places");
        Should.Throw<ShapeException>(() => x.Repeat([1, 2], 1)).Message.ShouldContain("Repeat: x is [2, 3], axis 1, 2 counts");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Repeat([1, -2], 0)).Message.ShouldContain("Repeat: a count is -2");
        Should.Throw<ShapeException>(() => x.Diag(int.MinValue)).Message.ShouldContain("Diag: x is [2, 3], offset is -2147483648");
        Should.Throw<ShapeException>(() => ((Variable<double>)x.Sum()).Diag()).Message.ShouldContain("Diag: x is []");
    }

    [Test]
    public void ElementsArePutAndTheLastCounts()
    {
        Variable<double> x = tape.Variable([1.0, 2, double.NaN, 4], [2, 2]), source = tape.Variable([10.0, 20, 30], [1, 3]), rows = tape.Variable([5.0, 6, 7, 8], [2, 2]);
        Variable<double> y = x.Scatter([0, 1, 1], 1, source);
        y.Values.ToArray().ShouldBe([10, 30, double.NaN, 4]);
        Gradients<double> g = tape.Backward((y * tape.Constant([1.0, 2, 3, 4], [2, 2])).Sum());
        g[x].ToArray().ShouldBe([0, 0, 3, 4]);
        g[source].ToArray().ShouldBe([1, 0, 2]);
        x.Scatter([1], 0, source.Slice(1, 0, 1)).Values.ToArray().ShouldBe([1, 2, 10, 4]);
        Variable<double> z = x.IndexCopy([1, 1], 0, rows);
        z.Values.ToArray().ShouldBe([1, 2, 7, 8]);
        g = tape.Backward(z.Square().Sum());
        g[x].ToArray().ShouldBe([2, 4, 0, 0], "what was replaced contributes nothing");
        g[rows].ToArray().ShouldBe([0, 0, 14, 16]);
        x.IndexCopy([], 1, rows.Slice(1, 0, 0)).Values.ToArray().ShouldBe([1, 2, double.NaN, 4]);
        Should.Throw<ShapeException>(() => x.Scatter([0, 1], 1, source)).Message.ShouldContain("Scatter: x is [2, 2], the source [1, 3], 2 indices");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Scatter([0, 2, 1], 1, source)).Message.ShouldContain("Scatter: index 2");
        Should.Throw<ShapeException>(() => x.IndexCopy([0], 0, rows)).Message.ShouldContain("IndexCopy: x is [2, 2], the source [2, 2], 1 indices");
        Should.Throw<ArgumentOutOfRangeException>(() => x.IndexCopy([0, -1], 0, rows)).Message.ShouldContain("IndexCopy: index -1");
        using var other = new Tape<double>();
        Variable<double> slice = other.Variable([1.0, 2], [1, 2]);
        int count = tape.Count;
        Should.Throw<InvalidOperationException>(() => x.Scatter([0, 1], 1, slice)).Message.ShouldContain("Scatter: the source is of another tape");
        Should.Throw<InvalidOperationException>(() => x.IndexCopy([0], 0, slice)).Message.ShouldContain("IndexCopy: the source is of another tape");
        tape.Count.ShouldBe(count);
    }

    private static void Same(Variable<double> a, Variable<double> b)
    {
        a.Shape.ShouldBe(b.Shape);
        a.Values.ToArray().ShouldBe(b.Values.ToArray());
    }
}
