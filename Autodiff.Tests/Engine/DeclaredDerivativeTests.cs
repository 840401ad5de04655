using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Derivatives that are not those of the value: stopped, passed on, reversed; in tensors, scalars, rows and duals.</summary>
public sealed class DeclaredDerivativeTests
{
    [Test]
    public void AStoppedGradientIsZeroAndTheRestGoesOn()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.5, -2, double.NaN], [3]), y = x * x.StopGradient();
        y.Values.ToArray()[..2].ShouldBe([2.25, 4]);
        tape.Backward(y.Slice(0, 0, 2).Sum())[x].ToArray().ShouldBe([1.5, -2, 0]);
        x.StopGradient().Values[2].ShouldBe(double.NaN);
        Scalar<double> s = tape.Variable(3.0), t = s * s.StopGradient() * s;
        tape.Backward(t)[s].ShouldBe(18);
        tape.Gradient(tape.Gradient(t, s), s).Value.ShouldBe(6);
        new Dual<One<double>>(new(2), new(1)).StopGradient().ShouldBe(new(new(2), new(0)));
    }

    [Test]
    public void InRowsItIsComputedForEveryRow()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(0.5);
        double[] data = [.. Enumerable.Range(1, 40).Select(i => (double)i)];
        Scalar<double> sum = tape.SumRows(data, 1, row => (a * row[0]).StopGradient() * a * row[0]);
        sum.Value.ShouldBe(data.Sum(x => 0.25 * x * x), 1e-9);
        tape.Backward(sum)[a].ShouldBe(data.Sum(x => 0.5 * x * x), 1e-9);
        Variable<double> v = tape.Variable(data, [40, 1]), y = tape.MapRows(v, row => row[0].Square().StopGradient() + row[0].ReverseGradient(3) + row[0].StraightThrough(row[0].Round() * 2));
        Gradients<double> g = tape.Backward(y.Sum());
        for (int i = 0; i < 40; i++)
        {
            y.Values[i].ShouldBe((data[i] * data[i]) + (3 * data[i]));
            g[v][i].ShouldBe(-2);
        }
    }

    [Test]
    public void StraightThroughHasTheValueOfOneAndTheDerivativeOfTheOther()
    {
        using var tape = new Tape<float>();
        Variable<float> x = tape.Variable([0.1f, 0.7f, -1.6f], [3]), hard = x.Round(), y = x.StraightThrough(hard + 1e-9f);
        y.Values.ToArray().ShouldBe([1e-9f, 1, -2], "exactly, where 0.1 + (1e-9 − 0.1) is rounded");
        tape.Backward((y * y).Sum())[x].ToArray().ShouldBe([2e-9f, 2, -4]);
        Variable<float> weight = tape.Variable([2f, 2, 2], [3]);
        Gradients<float> g = tape.Backward(x.StraightThrough(weight).Sum());
        g[weight].ToArray().ShouldBe([0, 0, 0]);
        g[x].ToArray().ShouldBe([1, 1, 1]);
    }

    [Test]
    public void AReversedGradientIsScaledAndTurned()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]), y = x.ReverseGradient(0.25);
        y.Values.ToArray().ShouldBe([1, 2]);
        tape.Backward(y.Square().Sum())[x].ToArray().ShouldBe([-0.5, -1]);
        tape.Backward(x.ReverseGradient().Sum())[x].ToArray().ShouldBe([-1, -1]);
    }

    [Test]
    public void AGradientCheckSaysThatTheyDiffer()
        => GradCheck.Run<double>(x => x[0] * x[0].StopGradient(), 1.5).Passed.ShouldBeFalse();

    [Test]
    public void BadInputsAreRefusedByName()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([1.0, 2], [2]);
        Should.Throw<ArgumentOutOfRangeException>(() => x.ReverseGradient(double.NaN)).Message.ShouldStartWith("ReverseGradient: scale is NaN; needs a finite number.");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Celu(0)).Message.ShouldStartWith("Celu: alpha is 0; needs a finite number greater than 0.");
        Should.Throw<ArgumentOutOfRangeException>(() => x.SoftShrink(double.NaN)).Message.ShouldStartWith("SoftShrink: lambda is NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Threshold(double.NaN, 1)).Message.ShouldStartWith("Threshold: threshold is NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Celu(double.PositiveInfinity)).Message.ShouldStartWith("Celu: alpha is Infinity");
        Should.Throw<ArgumentOutOfRangeException>(() => x.SoftShrink(-1)).Message.ShouldStartWith("SoftShrink: lambda is -1; needs a number of 0 or more.");
        Should.Throw<ArgumentOutOfRangeException>(() => x.HardShrink(double.NaN)).Message.ShouldStartWith("HardShrink: lambda is NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => x.Zeta(1)).Message.ShouldStartWith("Zeta: s is 1; needs a number greater than 1.");
        Should.Throw<ShapeException>(() => x.Lerp(tape.Variable([1.0, 2, 3], [3]), 0.5)).Message.ShouldStartWith("Lerp: ");
        Variable<double> nan = tape.Variable([double.NaN, double.NaN], [2]);
        foreach (Variable<double> y in (Variable<double>[])[(x * 0).SoftShrink(nan), (x * 0).HardShrink(nan), Variable<double>.Apply<Threshold>(x, nan, x)])
            y.Values.ToArray().ShouldAllBe(v => double.IsNaN(v));
        tape.Backward(x.Celu().Sum())[x].ToArray().ShouldBe([1, 1], "the tape is usable");
    }
}
