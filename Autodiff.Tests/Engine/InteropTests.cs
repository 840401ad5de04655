using System.Numerics.Tensors;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Numbers in and out: arrays, spans, tensor spans; and the recording as text.</summary>
[TestFixture]
public sealed class InteropTests
{
    [Test]
    public void MatricesAreReadRowByRow()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), c = tape.Constant(new double[,] { { 1 }, { 10 } });
        x.Shape.ToString().ShouldBe("[2, 3]");
        Assert.That(x.Values.ToArray(), Is.EqualTo(new double[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(tape.Backward((x * c).Sum())[x].ToArray(), Is.EqualTo(new double[] { 1, 1, 1, 10, 10, 10 }));
        tape.Variable(new double[0, 3]).Shape.ToString().ShouldBe("[0, 3]");
        Should.Throw<ArgumentNullException>(() => tape.Variable((double[,])null!));
    }

    [Test]
    public void TensorSpansComeInAndGoOut()
    {
        float[] numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        using var tape = new Tape<float>();
        var whole = new ReadOnlyTensorSpan<float>(numbers, [2, 3, 2]);
        Variable<float> x = tape.Variable(whole), c = tape.Constant(whole.Slice([0..2, 1..3, 1..2]));
        x.Shape.ToString().ShouldBe("[2, 3, 2]");
        c.Shape.ToString().ShouldBe("[2, 2, 1]");
        Assert.That(c.Values.ToArray(), Is.EqualTo(new float[] { 4, 6, 10, 12 }), "what is not contiguous is gathered");
        Variable<float> y = x * x;
        ReadOnlyTensorSpan<float> view = y.AsTensorSpan();
        view.Lengths.ToArray().ShouldBe([2, 3, 2]);
        view[1, 2, 0].ShouldBe(121);
        (view.Rank == 3 && System.Runtime.CompilerServices.Unsafe.AreSame(in view.GetPinnableReference(), in y.Values[0])).ShouldBeTrue("without a copy");
        Assert.That(tape.Backward(y.Sum())[x].ToArray(), Is.EqualTo(numbers.Select(v => 2 * v).ToArray()));
    }

    [Test]
    public void ElementsAreScalarsOfTheSameTape()
    {
        using var tape = new Tape<double>();
        Variable<double> v = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]);
        (v[0, 0].Value, v[1, 2].Value, v[-1, -3].Value).ShouldBe((1, 6, 4));
        Gradients<double> g = tape.Backward(v[0, 1] * v[1, 0] + v[0, 1]);
        Assert.That(g[v].ToArray(), Is.EqualTo(new double[] { 0, 5, 0, 2, 0, 0 }));
        Should.Throw<ShapeException>(() => _ = v[0]).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("1 indices"), m => m.ShouldContain("[2, 3]"));
        Should.Throw<ArgumentOutOfRangeException>(() => _ = v[0, 3]).Message.ShouldContain("-3 to 2");
        Should.Throw<ArgumentOutOfRangeException>(() => _ = v[-3, 0]).Message.ShouldContain("[2, 3]");
    }

    [Test]
    public void ATapeIsPrintedStepByStep()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]), c = tape.Constant([1.0, 1, 1], [3]);
        Scalar<double> k = tape.Variable(2.0);
        _ = (x * c).Sum(1);
        _ = k * 3 + x[1, 2];
        string[][] lines = [.. tape.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split((char[])[' ', '\r'], StringSplitOptions.RemoveEmptyEntries))];
        lines.Length.ShouldBe(tape.Count);
        string.Join(' ', lines[0]).ShouldBe("0 Variable(): [2, 3]");
        string.Join(' ', lines[1]).ShouldBe("1 Constant(): [3]");
        string.Join(' ', lines[2]).ShouldBe("2 Variable(): []");
        string.Join(' ', lines[3]).ShouldBe("3 Multiply(0, 1) : [2, 3]");
        string.Join(' ', lines[4]).ShouldBe("4 Sum(3) Sum { Axis = 1, KeepDims = False }: [2]");
        string.Join(' ', lines[5]).ShouldBe("5 Multiply(2): []");
        string.Join(' ', lines[6]).ShouldBe("6 Element(0, at 5): []");
        string.Join(' ', lines[7]).ShouldBe("7 Add(5, 6): []");
    }
}
