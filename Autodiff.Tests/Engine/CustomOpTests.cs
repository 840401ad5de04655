using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Operations of somebody else's: whatever their rules do, the engine's promises hold.</summary>
[TestFixture]
public sealed class CustomOpTests
{
    [Test]
    public void AForwardPassThatThrowsLeavesTheTapeAsItWas()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        for (int i = 0; i < 3; i++)
        {
            string listing = tape.ToString();
            Should.Throw<DivideByZeroException>(() => Variable<double>.Apply(new Broken(InForward: true), x, 2.0));
            tape.ToString().ShouldBe(listing);
        }

        Assert.That(tape.Backward((x * x).Sum())[x].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
    }

    [Test]
    public void ARuleThatThrowsLeavesTheTapeUsable()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), y = Variable<double>.Apply(new Broken(InForward: false), x, 1.0);
        string listing = tape.ToString();
        for (int i = 0; i < 3; i++)
        {
            Should.Throw<DivideByZeroException>(() => tape.Backward(y, [1.0, 1]));
            Should.Throw<DivideByZeroException>(() => tape.Gradient(y, x, tape.Constant([1.0, 1], [2])));
            tape.ToString().ShouldStartWith(listing);
        }

        Assert.That(tape.Backward((x * x).Sum())[x].ToArray(), Is.EqualTo(new double[] { 2, 4 }));
        Assert.That(tape.Backward(tape.Gradient((x * x * x).Sum(), x).Sum())[x].ToArray(), Is.EqualTo(new double[] { 6, 12 }));
    }

    [TestCase(0, 0, 0, 6)]
    [TestCase(0, 0, 1, 3)]
    [TestCase(0, 1, 0, 4)]
    [TestCase(0, 1, 1, 1)]
    [TestCase(1, 0, 0, 5)]
    public void OneCotangentGivenToSeveralOperandsIsCountedForEach(int a, int b, int c, double expected)
    {
        // the first is moved in, not copied; the rule may go on reading it
        using var tape = new Tape<double>();
        Variable<double>[] x = [tape.Variable([1.0, 2], [2]), tape.Variable([3.0, 4], [2])];
        Variable<double> y = Variable<double>.Apply(new Weighted(), x[a], x[b], x[c]);
        Gradients<double> g = tape.Backward(y, [1.0, 10]);
        Assert.That(g[x[0]].ToArray(), Is.EqualTo(new[] { expected, 10 * expected }));
        Assert.That(g[x[1]].ToArray(), Is.EqualTo(new[] { 6 - expected, 10 * (6 - expected) }));
        Variable<double> recorded = tape.Gradient(y, x[0], tape.Constant([1.0, 10], [2]));
        Assert.That(recorded.Values.ToArray(), Is.EqualTo(new[] { expected, 10 * expected }));
    }

    [Test]
    public void WhatIsNotSavedMayNotBeNeeded()
    {
        // a rule that asks for nothing gets its cotangent right even when every stored value is gone
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), y = Variable<double>.Apply(new Weighted(), x, x * 2, x * 3);
        Assert.That(y.Values.ToArray(), Is.EqualTo(new double[] { 1 + 4 + 9, 2 + 8 + 18 }));
        Assert.That(tape.Backward(y, [1.0, 1])[x].ToArray(), Is.EqualTo(new double[] { 14, 14 }));
    }

    /// <summary>y = a + 2·b + 3·c of equal shapes; its rule hands out one temporary three times.</summary>
    private readonly record struct Weighted : IOperation<Weighted>
    {
        public static Saved Saves => Saved.Nothing;

        public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < step.Output.Length; i++) step.Output[i] = step[0][i] + (T.CreateChecked(2) * step[1][i]) + (T.CreateChecked(3) * step[2][i]);
        }

        public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        {
            Variable<T> once = step.Cotangent * T.One, same = once;
            step.Accumulate(0, once);
            step.Accumulate(1, once);
            step.Accumulate(1, same);
            step.Accumulate(2, once * T.CreateChecked(2));
            step.Accumulate(2, same);
        }

        public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
            [new("three", x => Variable<T>.Apply(new Weighted(), x[0], x[1], x[2]), Sample.Of(2), Sample.Of(2), Sample.Of(2))];
    }

    private readonly record struct Broken(bool InForward) : IOperation<Broken>
    {
        public static Saved Saves => Saved.Nothing;

        public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        {
            step.Output.Clear();
            if (InForward) throw new DivideByZeroException();
        }

        public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        {
            step.Accumulate(0, step.Cotangent + step.Cotangent);
            throw new DivideByZeroException();
        }

        public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => [];
    }
}
