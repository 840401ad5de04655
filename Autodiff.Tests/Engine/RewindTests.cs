using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Marks: nested, used again, dead, and what they drop.</summary>
[TestFixture]
public sealed class RewindTests
{
    [Test]
    public void NestedMarksAreGoneBackToOneByOne()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        TapeMark outer = tape.Mark();
        Scalar<double> a = x * x;
        TapeMark inner = tape.Mark();
        for (int i = 0; i < 3; i++)
        {
            Scalar<double> b = a * x;
            tape.Backward(b)[x].ShouldBe(12);
            tape.Rewind(inner);
            a.Value.ShouldBe(4);
        }

        tape.Rewind(outer);
        tape.Count.ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => _ = a.Value);
        Should.Throw<InvalidOperationException>(() => tape.Rewind(inner)).Message.ShouldContain("behind the mark");
        tape.Rewind(outer);
        tape.Backward(x * 3)[x].ShouldBe(3);
    }

    [Test]
    public void ADeadMarkStaysDeadWhenTheTapeHasGrownPastIt()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        TapeMark outer = tape.Mark();
        _ = x * x;
        TapeMark inner = tape.Mark();
        tape.Rewind(outer);
        Scalar<double> y = (x + 1) * 3;
        Should.Throw<InvalidOperationException>(() => tape.Rewind(inner)).Message.ShouldContain("Rewind");
        y.Value.ShouldBe(9);
        tape.Reset();
        Should.Throw<InvalidOperationException>(() => tape.Rewind(outer)).Message.ShouldContain("reset");
        tape.Count.ShouldBe(0);
    }

    [Test]
    public void GradientsFromBeforeTheMarkStayAndThoseSinceAreDropped()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        Scalar<double> y = (x * x).Sum();
        Gradients<double> early = tape.Backward(y);
        TapeMark mark = tape.Mark();
        Gradients<double> late = tape.Backward(y);
        tape.Rewind(mark);
        Gradients<double> next = tape.Backward(y, cotangent: 10);
        Assert.That(early[x].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
        Should.Throw<InvalidOperationException>(() => _ = late[x].Length).Message.ShouldContain("rewound");
        Assert.That(next[x].ToArray(), Is.EqualTo(new double[] { 20, 40 }));
    }

    [Test]
    public void AMarkAfterASweepIsGoodAfterAnEarlierMarkOfTheSameLength()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        Scalar<double> y = x.Square().Sum();
        TapeMark before = tape.Mark();
        Gradients<double> old = tape.Backward(y);
        TapeMark after = tape.Mark();                    // the same step, one sweep more
        tape.Rewind(before);
        tape.Rewind(after);
        Should.Throw<InvalidOperationException>(() => _ = old[x].Length);
        for (int i = 0; i < 3; i++) Assert.That(tape.Backward(y)[x].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
        tape.Reset();
        tape.Count.ShouldBe(0);
    }

    [Test]
    public void HandlesOfSeveralGenerationsAreToldApart()
    {
        using var tape = new Tape<double>();
        var alive = new List<(Scalar<double> Handle, double Value)>();
        var dead = new List<Scalar<double>>();
        var marks = new Stack<(TapeMark Mark, int Alive)>();
        var random = new Random(5);
        for (int step = 0; step < 5000; step++)
        {
            int choice = random.Next(10);
            if (choice == 0) marks.Push((tape.Mark(), alive.Count));
            else if (choice == 1 && marks.Count > 0)
            {
                for (int pops = random.Next(marks.Count); pops > 0; pops--) marks.Pop();
                (TapeMark mark, int count) = marks.Peek();
                tape.Rewind(mark);
                dead.AddRange(alive.Skip(count).Select(a => a.Handle));
                alive.RemoveRange(count, alive.Count - count);
            }
            else
            {
                double value = random.NextDouble();
                alive.Add((tape.Variable(value), value));
            }

            if (alive.Count > 0)
            {
                (Scalar<double> handle, double value) = alive[random.Next(alive.Count)];
                handle.Value.ShouldBe(value);
            }

            if (step % 10 == 0 && dead.Count > 0) Should.Throw<InvalidOperationException>(() => _ = dead[random.Next(dead.Count)].Value);
        }
    }

    [Test]
    public void ParametersRecordedSinceTheMarkAreForgotten()
    {
        var p = new Parameter<double>([2.0], [1], "p");
        var q = new Parameter<double>([3.0], [1], "q");
        using var tape = new Tape<double>();
        Variable<double> early = tape.Variable(p);
        TapeMark mark = tape.Mark();
        Variable<double> late = tape.Variable(q);
        tape.Rewind(mark);
        Gradients<double> g = tape.Backward((early * early).Sum());
        Should.Throw<InvalidOperationException>(() => _ = g[q].Length).Message.ShouldContain("q [1]");
        Should.Throw<InvalidOperationException>(() => _ = late.Values.Length);
        Assert.That(g[p].ToArray(), Is.EqualTo(new double[] { 4 }));
        Assert.That(tape.Backward((tape.Variable(q) * 2).Sum())[q].ToArray(), Is.EqualTo(new double[] { 2 }));
    }

    [Test]
    public void AGradientCanBeTakenBetweenMarkAndRewind()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([0.5, -1], [2]);
        TapeMark mark = tape.Mark();
        long bytes = 0;
        for (int i = 0; i < 20; i++)
        {
            Variable<double> g = tape.Gradient(x.Exp().Sum(), x);
            Assert.That(tape.Backward(g.Sum())[x].ToArray(), Is.EqualTo(new[] { Math.Exp(0.5), Math.Exp(-1) }).Within(1e-14));
            tape.Rewind(mark);
            tape.Count.ShouldBe(1);
            if (i == 1) bytes = tape.Bytes;
        }

        tape.Bytes.ShouldBe(bytes);
    }
}
