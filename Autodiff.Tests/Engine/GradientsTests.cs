using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>What a sweep leaves, for whom, and for how long; and which cotangents it takes.</summary>
[TestFixture]
public sealed class GradientsTests
{
    [Test]
    public void OneRecordingIsSweptManyTimesAndAllGradientsLive()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2, 3], [3]);
        Scalar<double> k = tape.Variable(5.0);
        Scalar<double> p = (k * x * x).Sum(), q = x.Exp().Sum();
        int count = tape.Count;
        Gradients<double> first = tape.Backward(p), second = tape.Backward(q), third = tape.Backward(p, cotangent: -2), again = tape.Backward(p);
        tape.Count.ShouldBe(count);
        Assert.That(first[x].ToArray(), Is.EqualTo(new double[] { 10, 20, 30 }));
        Assert.That(second[x].ToArray(), Is.EqualTo(new[] { Math.E, Math.Exp(2), Math.Exp(3) }).Within(1e-13));
        Assert.That(third[x].ToArray(), Is.EqualTo(new double[] { -20, -40, -60 }));
        Assert.That(again[x].ToArray(), Is.EqualTo(first[x].ToArray()));
        (first[k], second[k], third[k]).ShouldBe((14, 0, -28));
    }

    [Test]
    public void EveryScalarHasItsAdjoint()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0), y = tape.Variable(3.0), unused = tape.Variable(1.0);
        Scalar<double> p = x * y, q = p.Square(), later = q + 1;
        Gradients<double> g = tape.Backward(q);
        (g[q], g[p], g[x], g[y], g[unused], g[later]).ShouldBe((1, 12, 36, 24, 0, 0));
        Scalar<double> afterwards = x * 2;
        g[afterwards].ShouldBe(0);
    }

    [Test]
    public void IntermediateTensorsAreThereWhenAskedFor()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), h = x * 3, apart = x.Exp();
        Scalar<double> y = (h * h).Sum();
        Gradients<double> plain = tape.Backward(y), kept = tape.Backward(y, keep: [h, apart]);
        Should.Throw<InvalidOperationException>(() => _ = plain[h].Length).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("Multiply"), m => m.ShouldContain("[2]"), m => m.ShouldContain("keep"));
        Assert.That(kept[h].ToArray(), Is.EqualTo(new double[] { 6, 12 }));
        Assert.That(kept[apart].ToArray(), Is.EqualTo(new double[] { 0, 0 }), "kept, but y does not depend on it");
        Assert.That(kept[x].ToArray(), Is.EqualTo(new double[] { 18, 36 }));
        Assert.That(plain[x].ToArray(), Is.EqualTo(new double[] { 18, 36 }));
        Assert.That(tape.Backward(h, [1.0, 10], keep: [h])[h].ToArray(), Is.EqualTo(new double[] { 1, 10 }), "the output itself");
    }

    [Test]
    public void ConstantsHaveNoGradient()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), c = tape.Constant([3.0, 4], [2]), fixedPart = c * c, number = tape.Constant([5.0], []);
        Gradients<double> g = tape.Backward((x * fixedPart * number).Sum());
        Assert.That(g[x].ToArray(), Is.EqualTo(new double[] { 45, 80 }));
        foreach (Variable<double> constant in (Variable<double>[])[c, fixedPart, number, 1.5])
            Should.Throw<InvalidOperationException>(() => _ = g[constant].Length).Message.ShouldContain("constant");
        Should.Throw<InvalidOperationException>(() => _ = g[tape.Constant(2.0)]).Message.ShouldContain("constant");
    }

    [Test]
    public void LeavesThatYDoesNotDependOnHaveZeros()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), before = tape.Variable([1.0, 2, 3], [3]);
        Gradients<double> g = tape.Backward(x.Sum());
        Variable<double> after = tape.Variable(new double[5], [5]);
        Assert.That(g[before].ToArray(), Is.EqualTo(new double[3]));
        Assert.That(g[after].ToArray(), Is.EqualTo(new double[5]));
        Assert.That(g[before].ToArray(), Is.EqualTo(new double[3]));
    }

    [Test]
    public void ZerosOfALeafThatWasRewoundAreNotGivenToTheNext()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        Gradients<double> g = tape.Backward(x.Sum());
        TapeMark mark = tape.Mark();
        Variable<double> small = tape.Variable([1.0], [1]);
        g[small].Length.ShouldBe(1);
        tape.Rewind(mark);
        Variable<double> large = tape.Variable(Enumerable.Repeat(7.0, 1000).ToArray(), [1000]);
        Gradients<double> next = tape.Backward(large.Square().Sum());
        Assert.That(g[large].ToArray(), Is.EqualTo(new double[1000]));
        Assert.That(next[large].ToArray(), Is.All.EqualTo(14));
        Assert.That(g[x].ToArray(), Is.EqualTo(new double[] { 1, 1 }));
    }

    [Test]
    public void ACotangentHasTheShapeOfTheOutput()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]), y = x * x, single = y.Reshape([6]).Sum(0).Reshape([1, 1]);
        int count = tape.Count;
        Should.Throw<InvalidOperationException>(() => tape.Backward(y)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("Backward"), m => m.ShouldContain("[2, 3]"), m => m.ShouldContain("cotangent"));
        foreach (int wrong in (int[])[1, 5, 7])
            Should.Throw<ShapeException>(() => tape.Backward(y, new double[wrong])).Message.ShouldSatisfyAllConditions(
                m => m.ShouldContain($"{wrong} numbers"), m => m.ShouldContain("[2, 3]"), m => m.ShouldContain("needs 6"));
        Should.Throw<ShapeException>(() => tape.Gradient(y, x, tape.Constant([1.0, 1, 1], [3]))).Message.ShouldContain("[3]");
        tape.Count.ShouldBe(count + 1);
        Assert.That(tape.Backward(single)[x].ToArray(), Is.EqualTo(new double[] { 2, 4, 6, 8, 10, 12 }), "one number needs no cotangent");
        Assert.That(tape.Backward(single, [-1.0])[x].ToArray(), Is.EqualTo(new double[] { -2, -4, -6, -8, -10, -12 }));
        Assert.That(tape.Backward(y, [1.0, 0, 0, 0, 0, 0.5])[x].ToArray(), Is.EqualTo(new double[] { 2, 0, 0, 0, 0, 6 }));
    }

    [Test]
    public void TheCallersCotangentIsNotWrittenTo()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        double[] cotangent = [3, 4];
        Gradients<double> g = tape.Backward(x + x + x, cotangent);
        cotangent.ShouldBe([3.0, 4.0]);
        Assert.That(g[x].ToArray(), Is.EqualTo(new double[] { 9, 12 }));
    }

    [Test]
    public void ASweepFromALeafGivesItsCotangent()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        Scalar<double> s = tape.Variable(4.0);
        Assert.That(tape.Backward(x, [5.0, 6])[x].ToArray(), Is.EqualTo(new double[] { 5, 6 }));
        tape.Backward(s, cotangent: 3)[s].ShouldBe(3);
    }
}
