using System.Numerics;
using System.Reflection;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Laws 5 and 6: the shape rule predicts the shape, every element is written, and nothing is read that was not declared as saved.</summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed unsafe class RecordingLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T NaN = T.CreateTruncating(double.NaN);

    private static IEnumerable<TestCaseData> Trials => Catalog.Trials<T>().Select(t => t.Data);

    private static IEnumerable<TestCaseData> Declarations
        => Catalog.All.Except(Catalog.Composites).Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(Trials))]
    public void TheShapeRulePredictsTheShape(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        Recording<T> r = bench.Tape.Recording;
        for (int n = 0; n < r.NodeCount; n++)
        {
            Node<T> node = r.Nodes[n];
            if (node.Rule == 0) continue;
            Shape[] operands = [.. r.Operands(node).ToArray().Select(r.Shape)];
            Type rule = RuleTable<T>.Rules[node.Rule].GetType(), op = rule.GetGenericArguments()[0];
            Shape predicted = rule.GetGenericTypeDefinition() == typeof(ElementwiseRule<,>) ? Naive.Broadcast(operands)
                : (Shape)typeof(RecordingLaws<T>).GetMethod(nameof(ShapeOf), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(op).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [r, n, operands], null)!;
            Assert.That(node.Shape, Is.EqualTo(predicted), r.Name(node.Slot));
            Assert.That(node.Size, Is.EqualTo(predicted.Lengths.ToArray().Aggregate(1, (a, b) => a * b)));
        }

        Gradients<T> g = bench.Tape.Backward(bench.Y, bench.U);
        Variable<T>[] recorded = bench.Tape.Gradient(bench.Y, bench.X, bench.Tape.Constant(bench.U, bench.Shape));
        for (int k = 0; k < recorded.Length; k++)
        {
            Assert.That(recorded[k].Shape, Is.EqualTo(bench.X[k].Shape));
            Assert.That(g[bench.X[k]].Length, Is.EqualTo(bench.X[k].Size));
        }
    }

    [TestCaseSource(nameof(Trials))]
    public void EveryElementIsWrittenWhateverTheMemoryHeld(Trial<T> trial)
    {
        T[] value, pulled;
        using (var clean = new Bench<T>(trial)) (value, pulled) = (clean.Y.Values.ToArray(), clean.Pull(clean.U));
        using var tape = new Tape<T>();
        Poison(tape);
        using var bench = new Bench<T>(trial, trial.Inputs(), null, tape);
        Near.AssertSame<T>(bench.Y.Values, value, "the value, on memory full of NaN");
        Near.AssertSame<T>(bench.Pull(bench.U), pulled, "the gradient, on memory full of NaN");
        Near.Assert<T>(bench.PullRecorded(bench.U), pulled, "the recorded gradient, on memory full of NaN");
    }

    [TestCaseSource(nameof(Trials))]
    public void TheSweepReadsOnlyWhatIsSaved(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        T[] expected = bench.Pull(bench.U);
        Recording<T> r = bench.Tape.Recording;
        var needed = new HashSet<nint>();
        for (int slot = 0; slot < r.Count; slot++) needed.UnionWith(Reads(r, slot).Select(read => (nint)r.Value(read.Slot)));
        for (int slot = 0; slot < r.Count; slot++)
            if (!needed.Contains((nint)r.Value(slot))) new Span<T>(r.Value(slot), r.Size(slot)).Fill(NaN);
        Near.AssertSame<T>(bench.Pull(bench.U), expected, "everything else filled with NaN");
    }

    // a declared value that no case needs keeps memory alive for nothing
    [TestCaseSource(nameof(Declarations))]
    public void WhatIsSavedIsRead(Type op)
    {
        var declared = new HashSet<int>();
        var read = new HashSet<int>();
        foreach (Trial<T> trial in Catalog.Of<T>(op))
        {
            using var bench = new Bench<T>(trial);
            T[] expected = bench.Pull(bench.U);
            Recording<T> r = bench.Tape.Recording;
            for (int slot = 0; slot < r.Count; slot++)
            {
                // constants of a scalar step stand in other places: only steps of all operands are looked at
                if (r.Name(slot) != op.Name || (!r.IsTensor(slot) && ScalarTable<T>.Rules[r.CodeAt(slot).Op].Slots(r, slot).Length < Arity(op))) continue;
                foreach ((int saved, int operand) in Reads(r, slot))
                {
                    declared.Add(operand);
                    var value = new Span<T>(r.Value(saved), r.Size(saved));
                    T[] kept = value.ToArray();
                    value.Fill(NaN);
                    T[] got = bench.Pull(bench.U);
                    kept.CopyTo(new Span<T>(r.Value(saved), r.Size(saved)));
                    if (!got.AsSpan().SequenceEqual(expected)) read.Add(operand);
                }
            }
        }

        Assert.That(read, Is.EquivalentTo(declared), "operands (−1: the result) that are declared as saved and read");
    }

    private static int Arity(Type op) => Catalog.Is(op, typeof(IUnary<>)) ? 1 : Catalog.Is(op, typeof(IBinary<>)) ? 2 : Catalog.Is(op, typeof(ITernary<>)) ? 3 : 0;

    // the slots that the rule of a step declares, with the operand's number; −1 is the result
    private static List<(int Slot, int Operand)> Reads(Recording<T> r, int slot)
    {
        Code code = r.CodeAt(slot);
        if (code.Op is Opcode.Leaf or Opcode.Constant or Opcode.Element) return [];
        Saved saves;
        int[] operands;
        if (code.Op == Opcode.Tensor)
        {
            Node<T> node = r.Nodes[code.A];
            if (node.Rule == 0) return [];
            (saves, operands) = (RuleTable<T>.Rules[node.Rule].Saves, r.Operands(node).ToArray());
        }
        else
        {
            ScalarRule<T> rule = ScalarTable<T>.Rules[code.Op];
            (saves, operands) = (rule.Saves, rule.Slots(r, slot).ToArray());
        }

        List<(int, int)> reads = [];
        for (int i = 0; i < operands.Length; i++)
            if (((int)saves & (1 << Math.Min(i, 29))) != 0) reads.Add((operands[i], i));
        if ((saves & Saved.Output) != 0) reads.Add((slot, -1));
        return reads;
    }

    private static Shape ShapeOf<TOp>(Recording<T> r, int node, Shape[] operands) where TOp : unmanaged, IOperation<TOp>
        => r.Attributes.Get<TOp>(r.Nodes[node].Attributes).Shape(operands);

    private static void Poison(Tape<T> tape)
    {
        T[] poison = new T[40_000];
        Array.Fill(poison, NaN);
        for (int i = 0; i < 3; i++) tape.Variable(poison, [poison.Length]);
        tape.Reset();
        TapeMemory<T> memory = tape.Recording.Memory;
        List<(nint Place, int Size)> taken = [];
        foreach (int size in new[] { 1, 20, 40, 60, 80, 100, 150, 200, 400, 800, 2000 })
            for (int i = 0; i < 6; i++)
            {
                T* place = memory.Take(size);
                new Span<T>(place, size).Fill(NaN);
                taken.Add(((nint)place, size));
            }

        foreach ((nint place, int size) in taken) memory.Give((T*)place, size);
    }
}
