using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Rows;

/// <summary>What a row function may not do is refused by name, and the tape is then as it was before the call.</summary>
[TestFixture]
public sealed class RowErrorTests
{
    private static readonly double[] Data = [1, 2, 3, 4, 5, 6];
    private Tape<double> tape = null!;
    private Scalar<double> x, m, s;
    private Variable<double> v;
    private readonly Parameter<double> p = new([1.0], [1], "p");

    [SetUp]
    public void ATapeInUse()
    {
        tape = new();
        (x, v) = (tape.Variable(3.0), tape.Variable([1.0, 2], [2]));
        m = x * x;
        s = v[0] + m;
        _ = tape.Variable(p);
    }

    [TearDown]
    public void Done() => tape.Dispose();

    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Case("columns that do not divide", t => t.tape.SumRows(Data, 4, r => r[0]), "SumRows", "6 numbers", "4 columns", "needs");
        yield return Case("no columns", t => t.tape.SumRows(Data, 0, r => r[0]), "SumRows", "0 columns", "needs");
        yield return Case("negative columns", t => t.tape.MapRows(Data, -2, r => r[0]), "MapRows", "-2 columns", "needs");
        yield return Case("columns that do not divide, of a map", t => t.tape.MapRows(Data, 5, r => r[0]), "MapRows", "5 columns");
        yield return Case("columns that do not divide, of Jacobians", t => t.tape.JacobianRows(Data, 4, 1, (r, y) => y[0] = r[0], new double[1], new double[4]), "JacobianRows", "4 columns");
        yield return Case("no outputs", t => t.tape.JacobianRows(Data, 2, 0, (r, y) => { }, [], []), "JacobianRows", "0 outputs");
        yield return Case("too much room for results", t => t.tape.JacobianRows(Data, 2, 1, (r, y) => y[0] = r[0], new double[4], new double[6]), "JacobianRows", "4 results", "3 · 1");
        yield return Case("too little room for derivatives", t => t.tape.JacobianRows(Data, 2, 2, (r, y) => y[0] = r[0], new double[6], new double[11]), "JacobianRows", "11 derivatives", "3 · 2 · 2");
        yield return Case("no function", t => t.tape.SumRows(Data, 2, null!), "f");
        yield return Case("no function of a map", t => t.tape.MapRows(Data, 2, null!), "f");
        yield return Case("no function of Jacobians", t => t.tape.JacobianRows(Data, 2, 1, null!, new double[3], new double[6]), "f");
        yield return Case("a vector as data", t => t.tape.MapRows(t.v, r => r[0]), "MapRows", "[2]", "rows, columns");
        yield return Case("a result that was not set", t => t.tape.JacobianRows(Data, 2, 2, (r, y) => y[1] = r[0], new double[6], new double[12]), "default");
        yield return Case("a default result", t => t.tape.SumRows(Data, 2, r => default), "default");

        yield return Inside("Value", (t, r) => _ = (r[0] * 2).Value, "Value", "row to row");
        yield return Inside("Value after exact branches", (t, r) => { if (r[0] > 0) _ = r[1].Value; }, "Value", "row to row");
        yield return Inside("Values", (t, r) => _ = ((Variable<double>)r[0]).Values[0], "Values", "row to row");
        yield return Inside("ToString", (t, r) => _ = r[0].ToString(), "Value", "row to row");
        yield return Inside("a leaf", (t, r) => t.tape.Variable(1.0), "row function of");
        yield return Inside("a tensor leaf", (t, r) => t.tape.Variable([1.0], [1]), "row function of");
        yield return Inside("a constant tensor", (t, r) => t.tape.Constant([1.0], [1]), "row function of");
        yield return Inside("a parameter", (t, r) => t.tape.Variable(t.p), "row function of");
        yield return Inside("a tensor operation", (t, r) => _ = t.v.Exp(), "Exp", "row function of");
        yield return Inside("a reduction", (t, r) => _ = t.v.Sum(), "Sum", "row function of");
        yield return Inside("a stack of scalars", (t, r) => _ = Variable.FromScalars([r[0], r[1]], [2]), "row function of");
        yield return Inside("Backward", (t, r) => t.tape.Backward(t.x), "Backward", "row function of");
        yield return Inside("Backward of a row's number", (t, r) => t.tape.Backward(r[0]), "row function of");
        yield return Inside("Gradient", (t, r) => t.tape.Gradient(t.s, t.x), "Gradient", "row function of");
        yield return Inside("Mark", (t, r) => t.tape.Mark(), "row function of");
        yield return Inside("Rewind", (t, r) => t.tape.Rewind(default), "row function of");
        yield return Inside("Reset", (t, r) => t.tape.Reset(), "row function of");
        yield return Inside("Dispose", (t, r) => t.tape.Dispose(), "row function of");
        yield return Inside("rows within rows", (t, r) => t.tape.SumRows(Data, 1, q => q[0]), "row function of");
        yield return Inside("a map within rows", (t, r) => t.tape.MapRows(Data, 1, q => q[0]), "row function of");
        yield return Inside("Jacobians within rows", (t, r) => t.tape.JacobianRows(Data, 6, 1, (q, y) => y[0] = q[0], new double[1], new double[6]), "row function of");
        yield return Inside("another tape", (t, r) => { using var other = new Tape<double>(); _ = r[0] + other.Variable(1.0); }, "two tapes");
        yield return Inside("a comparison with another tape", (t, r) => { using var other = new Tape<double>(); _ = r[0] > other.Variable(1.0); }, "another tape");
        yield return Inside("a fold with another tape", (t, r) => { using var other = new Tape<double>(); _ = Scalar.Sum<double>([r[0], other.Variable(1.0)]); }, "two tapes");

        static TestCaseData Case(string name, Action<RowErrorTests> call, params string[] words) => new TestCaseData(call, words).SetArgDisplayNames(name);
        static TestCaseData Inside(string name, Inner inner, params string[] words) => new TestCaseData((Action<RowErrorTests>)(t => t.Each(inner)), words).SetArgDisplayNames($"{name} inside");
    }

    private delegate void Inner(RowErrorTests test, ReadOnlySpan<Scalar<double>> row);

    // each of the three refuses it in the same words; the last one's exception comes out
    private void Each(Inner inner)
    {
        string first = Should.Throw<InvalidOperationException>(() => tape.SumRows(Data, 2, r => { inner(this, r); return r[0]; })).Message;
        Should.Throw<InvalidOperationException>(() => tape.JacobianRows(Data, 2, 1, (r, y) => { inner(this, r); y[0] = r[0]; }, new double[3], new double[6])).Message
            .Replace("JacobianRows", "SumRows", StringComparison.Ordinal).ShouldBe(first);
        tape.MapRows(Data, 2, r => { inner(this, r); return r[0]; });
    }

    [TestCaseSource(nameof(Calls))]
    public void IsRefusedByName(Delegate call, string[] words)
    {
        (int count, string listing, long bytes) = (tape.Count, tape.ToString(), tape.Statistics.ValueBytes);
        string message = Should.Throw<Exception>(() => ((Action<RowErrorTests>)call)(this)).Message;
        foreach (string word in words) message.ShouldContain(word);
        AsBefore(count, listing, bytes);
    }

    [Test]
    public void AnExceptionInsideComesOutAsItIs()
    {
        (int count, string listing, long bytes) = (tape.Count, tape.ToString(), tape.Statistics.ValueBytes);
        var thrown = new FormatException("mine");
        Scalar<double> Failing(ReadOnlySpan<Scalar<double>> r)
        {
            Scalar<double> y = (r[0] * x).Exp() + m;
            return r[0] > 3 ? throw thrown : y;      // met in the second row, on a path of its own
        }

        Should.Throw<FormatException>(() => tape.SumRows(Data, 2, Failing)).ShouldBeSameAs(thrown);
        Should.Throw<FormatException>(() => tape.MapRows(Data, 2, Failing)).ShouldBeSameAs(thrown);
        Should.Throw<FormatException>(() => tape.MapRows(v.Reshape([1, 2]) + 3, Failing)).ShouldBeSameAs(thrown);
        Should.Throw<FormatException>(() => tape.JacobianRows(Data, 2, 1, (r, y) => y[0] = Failing(r), new double[3], new double[6])).ShouldBeSameAs(thrown);
        tape.Count.ShouldBe(count + 3, "the reshaped tensor, the 3 and their sum");
        tape.ToString().ShouldStartWith(listing);
        tape.SumRows(Data.AsSpan(0, 2), 2, Failing).Value.ShouldBe(Math.Exp(3) + 9, 1e-13);
    }

    [Test]
    public void HandlesFromInsideAreRefused()
    {
        Scalar<double> inside = default, uniform = default;
        Scalar<double> y = tape.SumRows(Data, 2, r => { inside = r[0] * r[1]; uniform = x.Exp(); return inside + uniform; });
        foreach (Action use in (Action[])[() => _ = inside.Value, () => _ = inside + x, () => _ = uniform.Value, () => _ = uniform * 2, () => tape.Backward(inside), () => tape.Gradient(y, uniform),
            () => tape.SumRows(Data, 2, r => r[0] + inside), () => tape.MapRows(Data, 2, r => r[0] > uniform ? r[0] : r[1]), () => _ = Scalar.Sum<double>([x, inside])])
            Should.Throw<InvalidOperationException>(use).Message.ShouldContain("row function");
        tape.Backward(y)[x].ShouldBe(3 * Math.Exp(3), 1e-13);
    }

    [Test]
    public void WhatDoesNotDependOnTheRowMayBeRead()
    {
        double read = 0;
        Scalar<double> y = tape.SumRows(Data, 2, r =>
        {
            Scalar<double> e = x * 2;
            read = e.Value + m.Value + ((Variable<double>)x).Values[0];
            _ = x.ToString() + v.ToString();
            return e.Value > 5 ? r[0] * e : r[1];
        });
        read.ShouldBe(6 + 9 + 3);
        (y.Value, tape.Backward(y)[x]).ShouldBe((54, 18));
    }

    private void AsBefore(int count, string listing, long bytes)
    {
        tape.Count.ShouldBe(count);
        tape.ToString().ShouldBe(listing);
        tape.Statistics.ValueBytes.ShouldBe(bytes);
        (x.Value, m.Value, s.Value, v.Values[1]).ShouldBe((3, 9, 10, 2));
        Gradients<double> g = tape.Backward(tape.SumRows(Data, 2, r => r[0] * x) + s);
        (g[x], g[v][0]).ShouldBe((9 + 6, 1));
    }
}
