using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Parameters: one leaf, read where it is, on as many tapes as one likes.</summary>
[TestFixture]
public sealed class ParameterTests
{
    [Test]
    public void AParameterIsOneLeafHoweverOftenItIsAskedFor()
    {
        var p = new Parameter<double>([1.0, 2], [2], "p");
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(p), b = tape.Variable(p);
        tape.Count.ShouldBe(1);
        Gradients<double> g = tape.Backward((a * b).Sum());
        (g[a] == g[b]).ShouldBeTrue("the same memory");
        (g[a] == g[p]).ShouldBeTrue();
        Assert.That(g[p].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
    }

    [Test]
    public void ItsNumbersAreReadInPlace()
    {
        var p = new Parameter<double>([1.0, 2], [2], "p");
        using var tape = new Tape<double>();
        long empty = tape.Bytes;
        p.Values[0] = 10;
        Variable<double> v = tape.Variable(p);
        (v.Values == (ReadOnlySpan<double>)p.Values).ShouldBeTrue("no copy was made");
        tape.Bytes.ShouldBe(empty);
        v.Sum().Value.ShouldBe(12);
        tape.Reset();
        p.Values[1] = 20;
        tape.Variable(p).Sum().Value.ShouldBe(30);
    }

    [Test]
    public void OneParameterIsOnTwoTapes()
    {
        var p = new Parameter<double>([1.0, 2], [2], "p");
        using var one = new Tape<double>();
        using var two = new Tape<double>();
        Variable<double> onOne = one.Variable(p), onTwo = two.Variable(p);
        Gradients<double> g = one.Backward(onOne.Sum()), h = two.Backward((onTwo * onTwo).Sum());
        Assert.That(g[p].ToArray(), Is.EqualTo(new double[] { 1, 1 }));
        Assert.That(h[p].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
        Should.Throw<InvalidOperationException>(() => _ = onOne + onTwo).Message.ShouldContain("two tapes");
    }

    [Test]
    public void AParameterOfNoAxesIsANumber()
    {
        var p = new Parameter<double>([3.0], [], "k");
        using var tape = new Tape<double>();
        Scalar<double> k = tape.Variable(p).AsScalar();
        Gradients<double> g = tape.Backward(k * k);
        g[k].ShouldBe(6);
        Assert.That(g[p].ToArray(), Is.EqualTo(new double[] { 6 }));
    }

    [Test]
    public void AParameterThatYDoesNotDependOnHasZeros()
    {
        var p = new Parameter<double>([1.0, 2], [2], "p");
        var never = new Parameter<double>([1.0], [1], "never");
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(1.0);
        tape.Variable(p);
        Gradients<double> g = tape.Backward(x * x);
        Assert.That(g[p].ToArray(), Is.EqualTo(new double[2]));
        Should.Throw<InvalidOperationException>(() => _ = g[never].Length).Message.ShouldContain("never [1]");
    }

    [Test]
    public void WrongNumbersOfValuesAreRefused()
        => Should.Throw<ShapeException>(() => new Parameter<double>([1.0, 2, 3], [2, 2], "w")).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("'w'"), m => m.ShouldContain("3 values"), m => m.ShouldContain("[2, 2]"), m => m.ShouldContain("needs 4"));
}
