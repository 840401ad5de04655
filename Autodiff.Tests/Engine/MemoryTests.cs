using System.Runtime.CompilerServices;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>The tape's memory: kept, reused, aligned, and never in the way of values.</summary>
[NonParallelizable] // counts bytes
[TestFixture]
public sealed class MemoryTests
{
    [Test]
    public void TheSameProgramTakesTheSameMemoryEveryTime()
    {
        using var tape = new Tape<float>();
        var w = new Parameter<float>(Enumerable.Range(0, 600).Select(i => i * 1e-3f).ToArray(), [20, 30], "w");
        float[] data = new float[50 * 20];
        float Step()
        {
            tape.Reset();
            Variable<float> h = tape.Constant(data, [50, 20]).MatMul(tape.Variable(w)).Tanh();
            Scalar<float> loss = (h * h).Mean() + h[3, 4].Square();
            Gradients<float> g = tape.Backward(loss);
            return g[w][0];
        }

        for (int i = 0; i < 3; i++) Step();
        (long bytes, int count) = (tape.Bytes, tape.Count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (tape.Bytes, tape.Count).ShouldBe((bytes, count));
    }

    [Test]
    public void SweepsAndRewindsGiveTheirMemoryBack()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(new double[1000], [1000]);
        TapeMark mark = tape.Mark();
        long bytes = 0;
        for (int i = 0; i < 100; i++)
        {
            Variable<double> y = (x + i).Exp();
            tape.Backward(y.Sum(), keep: [y]);
            tape.Backward((y * x).Sum());
            tape.Rewind(mark);
            if (i == 2) bytes = tape.Bytes;
        }

        tape.Bytes.ShouldBe(bytes);
    }

    [Test]
    public void ARecordingGrowsWithoutLosingHandlesOrValues()
    {
        // far beyond the first capacity, with tensors in between
        const int n = 100_000;
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(0.5);
        var all = new Scalar<double>[n];
        Variable<double> v = tape.Variable([1.0, 2], [2]);
        Scalar<double> s = x;
        double expected = 0.5;
        for (int i = 0; i < n; i++)
        {
            all[i] = s = (i % 3) switch { 0 => s + x, 1 => s * 0.75, _ => s - 0.125 };
            expected = (i % 3) switch { 0 => expected + 0.5, 1 => expected * 0.75, _ => expected - 0.125 };
            if (i % 1000 == 0) v = v * 1.0;
            s.Value.ShouldBe(expected);
        }

        double value = 0.5, slope = 1;
        Gradients<double> g = tape.Backward(s);
        for (int i = 0; i < n; i++)
        {
            value = (i % 3) switch { 0 => value + 0.5, 1 => value * 0.75, _ => value - 0.125 };
            slope = (i % 3) switch { 0 => slope + 1, 1 => slope * 0.75, _ => slope };
            all[i].Value.ShouldBe(value);
        }

        g[x].ShouldBe(slope, 1e-12);
        Assert.That(v.Values.ToArray(), Is.EqualTo(new double[] { 1, 2 }));
    }

    [Test]
    public void ManySmallTensorsKeepTheirValues()
    {
        using var tape = new Tape<float>();
        Variable<float>[] all = [.. Enumerable.Range(0, 20_000).Select(i => tape.Variable([i, -i, 0.5f * i], [3]))];
        for (int i = 0; i < all.Length; i += 37) Assert.That(all[i].Values.ToArray(), Is.EqualTo(new[] { i, -i, 0.5f * i }));
        Gradients<float> g = tape.Backward((all[19_999] * all[3]).Sum());
        Assert.That(g[all[3]].ToArray(), Is.EqualTo(new[] { 19_999, -19_999, 9_999.5f }));
    }

    [Test]
    public unsafe void EveryTensorBeginsAtAMultipleOf64Bytes()
    {
        using var tape = new Tape<float>();
        var parameter = new Parameter<float>(new float[7], [7]);
        var leaves = new List<Variable<float>> { tape.Variable(parameter) };
        for (int size = 1; size < 70; size += 3) leaves.Add(tape.Variable(new float[size], [size]));
        leaves.Add(tape.Variable(new float[100_000], [100_000]));
        Variable<float>[] all = [.. leaves, .. leaves.Select(v => v.Exp())];
        Scalar<float> y = 0f;
        foreach (Variable<float> v in leaves) y += v.Exp().Sum();
        Gradients<float> g = tape.Backward(y);
        foreach (Variable<float> v in all) Address(v.Values).ShouldBe(0);
        foreach (Variable<float> v in leaves) Address(g[v]).ShouldBe(0);

        static long Address(ReadOnlySpan<float> span) => (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in span[0])) % 64;
    }

    [Test]
    public void ASpanHeldTooLongShowsNumbersAndNothingBreaks()
    {
        var tape = new Tape<double>();
        ReadOnlySpan<double> held = tape.Variable([1.0, 2, 3], [3]).Values;
        tape.Reset();
        tape.Variable([4.0, 5, 6], [3]);
        Assert.That(held.ToArray(), Is.EqualTo(new double[] { 4, 5, 6 }));
        tape.Dispose();
        GC.Collect();
        Assert.That(held.ToArray(), Is.EqualTo(new double[] { 4, 5, 6 }));
    }
}
