using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>A tape that is full says so, at every kind of step, and works again after a reset.</summary>
[TestFixture]
public sealed class StepLimitTests
{
    private const int Most = 1500;   // more than a tape begins with, so that it grows once

    private static readonly (string Name, Action<Tape<double>, Scalar<double>> Step)[] Steps =
    [
        ("Variable", (t, x) => t.Variable(1.0)), ("Constant", (t, x) => t.Constant([1.0], [1])), ("Add", (t, x) => _ = x + x), ("Subtract", (t, x) => _ = x - x), ("Multiply", (t, x) => _ = x * x),
        ("Divide", (t, x) => _ = x / x), ("k·x", (t, x) => _ = 2 * x), ("x + k", (t, x) => _ = x + 2), ("Exp", (t, x) => _ = x.Exp()), ("FusedMultiplyAdd", (t, x) => _ = Scalar.FusedMultiplyAdd(x, x, x)),
        ("Dot", (t, x) => _ = Scalar.Dot<double>([x, x], [x, x])), ("SumRows", (t, x) => t.SumRows([1, 2], 1, r => r[0] * x)), ("Gradient", (t, x) => t.Gradient(x.Exp().Exp(), x)),
    ];

    [Test]
    public void IsSaidAndAResetHelps([Range(0, 12)] int index)
    {
        (string name, Action<Tape<double>, Scalar<double>> step) = Steps[index];
        using var tape = new Tape<double>(Most);
        for (int round = 0; round < 2; round++)
        {
            Scalar<double> x = tape.Variable(1.5), y = x;
            while (tape.Count < Most) y += x;
            Should.Throw<InsufficientMemoryException>(() => step(tape, x), name).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("1500 steps"), m => m.ShouldContain("Reset"));
            tape.Count.ShouldBe(Most, name);
            double.IsFinite(tape.Backward(y)[x]).ShouldBeTrue(name);
            tape.Reset();
        }

        Scalar<double> z = tape.Variable(3.0);
        tape.Backward(z * z)[z].ShouldBe(6);
    }

    [Test]
    public void AMarkHelpsToo()
    {
        using var tape = new Tape<double>(Most);
        Scalar<double> x = tape.Variable(0.5);
        TapeMark mark = tape.Mark();
        for (int round = 0; round < 3; round++)
        {
            Scalar<double> y = x;
            Should.Throw<InsufficientMemoryException>(() => { while (true) y += y * x; });
            tape.Rewind(mark);
            tape.Backward(x * x)[x].ShouldBe(1);
        }
    }
}
