using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Sums of terms that are recorded, swept and dropped one by one: the gradients are those of the whole sum on one tape, in the memory of one term.</summary>
[TestFixture]
[NonParallelizable] // counts bytes
public sealed class TermTests
{
    private const int Terms = 40;

    [Test]
    public void TermByTermIsTheWholeSum()
    {
        using var tape = new Tape<double>();
        (double value, double[] expected) = Whole(tape);
        (double got, double[] bars, int count) = ByTerms(tape);
        got.ShouldBe(value, 1e-13 * Math.Abs(value));
        for (int i = 0; i < expected.Length; i++) bars[i].ShouldBe(expected[i], 1e-13 * Terms * (1 + Math.Abs(expected[i])), $"gradient {i}");
        count.ShouldBe(tape.Count, "nothing of the terms is left");
    }

    [Test]
    public void AWarmLoopAllocatesNothing()
    {
        using var tape = new Tape<double>();
        Scalar<double> a, b;
        void Step()
        {
            tape.Reset();
            (a, b) = (tape.Variable(0.3), tape.Variable(1.1));
            Scalar<double> shared = a.Exp();
            Gradients<double> sum = tape.Accumulate();
            TapeMark mark = tape.Mark();
            for (int i = 0; i < Terms; i++)
            {
                tape.Backward(shared * (b * i).Sin(), sum);
                tape.Rewind(mark);
            }

            tape.Complete(sum);
        }

        for (int i = 0; i < 50; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void OlderTermsFactorsAndTensorsCount()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0), old = x * x;
        Variable<double> v = tape.Variable([1.0, 2, 3], [3]);
        Gradients<double> sum = tape.Accumulate();
        TapeMark mark = tape.Mark();
        tape.Backward(old, sum, cotangent: 10);
        for (int i = 0; i < 3; i++)
        {
            tape.Backward((v * v).Sum() * x, sum);
            tape.Rewind(mark);
        }

        Gradients<double> g = tape.Complete(sum);
        g[x].ShouldBe((10 * 4) + (3 * 14), 1e-12);
        g[v].ToArray().ShouldBe([12.0, 24, 36], 1e-12);
        tape.Backward(x * old)[x].ShouldBe(12, 1e-12);
    }

    [Test]
    public void WhatCannotBeSummedIsRefused()
    {
        using var tape = new Tape<double>();
        using var other = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        Gradients<double> usual = tape.Backward(x * x), sum = tape.Accumulate();
        Should.Throw<InvalidOperationException>(() => tape.Backward(x, usual)).Message.ShouldContain("Accumulate");
        Should.Throw<InvalidOperationException>(() => tape.Backward(x, default(Gradients<double>))).Message.ShouldContain("default");
        Should.Throw<InvalidOperationException>(() => tape.Backward(x, other.Accumulate())).Message.ShouldContain("another tape");
        Should.Throw<InvalidOperationException>(() => tape.Backward(3.0, sum)).Message.ShouldContain("constant");
        Should.Throw<InvalidOperationException>(() => tape.Backward(other.Variable(1.0), sum)).Message.ShouldContain("another tape");
        tape.Backward(x * x, sum);
        tape.Complete(sum)[x].ShouldBe(4);
        Should.Throw<InvalidOperationException>(() => tape.Complete(sum)).Message.ShouldContain("complete");
        TapeMark mark = tape.Mark();
        Gradients<double> late = tape.Accumulate();
        tape.Rewind(mark);
        Should.Throw<InvalidOperationException>(() => tape.Backward(x, late)).Message.ShouldContain("before the mark");
    }

    private static Scalar<double> Term(Scalar<double> a, Scalar<double> shared, Scalar<double> b, int i) => (shared + (a * (0.1 * i))).Tanh() * (b - (0.05 * i));

    private static (double Value, double[] Bars) Whole(Tape<double> tape)
    {
        tape.Reset();
        Scalar<double> a = tape.Variable(0.3), b = tape.Variable(1.1), shared = a.Exp() * b, sum = shared;
        for (int i = 0; i < Terms; i++) sum += Term(a, shared, b, i);
        Gradients<double> g = tape.Backward(sum);
        return (sum.Value, [g[a], g[b], g[shared]]);
    }

    private static (double Value, double[] Bars, int Count) ByTerms(Tape<double> tape)
    {
        tape.Reset();
        Scalar<double> a = tape.Variable(0.3), b = tape.Variable(1.1), shared = a.Exp() * b;
        Gradients<double> sum = tape.Accumulate();
        int count = tape.Count;
        tape.Backward(shared, sum);
        double value = shared.Value;
        TapeMark mark = tape.Mark();
        for (int i = 0; i < Terms; i++)
        {
            Scalar<double> term = Term(a, shared, b, i);
            value += term.Value;
            tape.Backward(term, sum);
            tape.Rewind(mark);
        }

        tape.Complete(sum);
        return (value, [sum[a], sum[b], sum[shared]], count);
    }
}
