using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Rows;

/// <summary>Compiled programs are used again while the recording is the same, never when it is not, and do not pile up; a steady loop allocates nothing.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class RowCacheTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] Data = Loop<T>.Draw(200 * 3, 1);

    private static T K(double x) => T.CreateTruncating(x);

    [Test]
    public void TheSameRecordingIsCompiledOnce()
    {
        using var tape = new Tape<T>();
        for (int i = 0; i < 10; i++)
        {
            tape.Reset();
            Scalar<T> u = tape.Variable(K(i));
            Scalar<T> y = tape.SumRows(Data, 3, x => x[0] > K(0) ? x[1] * u : x[2].Exp() + u);
            Variable<T> map = tape.MapRows(Data, 3, x => x[0] * u);
            tape.JacobianRows(Data, 3, 1, (x, r) => r[0] = x[1] * x[2], new T[200], new T[600]);
            tape.Backward(y + map.Sum());
            tape.Recording.Rows.ProgramCount.ShouldBe(4);
        }
    }

    [Test]
    public void WhateverChangesIsCompiledAnew()
    {
        using var tape = new Tape<T>();
        int programs = 0;
        T[] exact = [.. Enumerable.Range(0, 60).Select(i => K((i % 7) - 3))];
        T sum = K(0);
        foreach (T x in exact) sum += x;
        for (int round = 0; round < 2; round++)
        {
            Changes(1, () => tape.Variable(K(2)), (x, u) => x[0] * u[0], sum * K(2), sum);
            Changes(1, () => tape.Variable(K(2)), (x, u) => x[0] * u[0] * K(3), sum * K(6), sum * K(3));
            Changes(1, () => tape.Variable(K(2)), (x, u) => x[0] * u[0] * K(4), sum * K(8), sum * K(4));
            Changes(1, () => tape.Variable(K(2)), (x, u) => (x[0] * u[0]) + (u[0] * K(0)), sum * K(2), sum);
            Changes(1, () => tape.Variable(K(2)), (x, u) => x[0], sum, K(0));
            Changes(1, () => tape.Variable(K(2)), (x, u) => K(5), K(300), K(0));
            Changes(1, () => tape.Variable(K(2)), (x, u) => K(6), K(360), K(0));
            Changes(2, () => tape.Variable(K(2)), (x, u) => x[0] > K(5) ? x[0] : x[0] > K(-1) ? x[0] * u[0] : x[0] * u[0], sum * K(2), sum);
            Changes(0, () => tape.Variable(K(3)), (x, u) => x[0] * u[0], sum * K(3), sum);          // another value, the same recording

            // the same slot, once a constant, once a variable
            Changes(1, () => (tape.Constant([K(2)], []).AsScalar(), tape.Variable(K(1))).Item1, (x, u) => x[0] * u[0], sum * K(2), null);
            if (round == 0) programs = tape.Recording.Rows.ProgramCount;
        }

        tape.Recording.Rows.ProgramCount.ShouldBe(programs, "all of them a second time");

        void Changes(int more, Func<Scalar<T>> make, OfRow<T> f, T value, T? bar)
        {
            tape.Reset();
            int before = tape.Recording.Rows.ProgramCount;
            Scalar<T> u = make(), other = tape.Variable(K(7));
            Scalar<T> y = tape.SumRows(exact, 1, x => f(x, [u])) + other;
            if (programs == 0) (tape.Recording.Rows.ProgramCount - before).ShouldBe(more);
            y.Value.ShouldBe(value + K(7));
            Gradients<T> g = tape.Backward(y);
            if (bar is { } expected) g[u].ShouldBe(expected);
        }
    }

    [Test]
    public void ProgramsOfWhatWasDroppedAreForgotten()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2)), kept = tape.SumRows(Data, 3, x => x[0].Exp() * u);
        T first = kept.Value, bar = tape.Backward(kept)[u];
        TapeMark mark = tape.Mark();
        for (int i = 0; i < 1000; i++)
        {
            Scalar<T> y = tape.SumRows([K(1), K(2), K(3)], 1, x => x[0] * u * K(i));
            (y.Value, tape.Backward(y)[u]).ShouldBe((K(12 * i), K(6 * i)));
            tape.Recording.Rows.ProgramCount.ShouldBeLessThan(300);
            tape.Rewind(mark);
        }

        // what is still on the tape can be swept, and differentiated anew
        (kept.Value, tape.Backward(kept)[u]).ShouldBe((first, bar));
        Assert.That(double.CreateTruncating(tape.Gradient(kept, u).Value), Is.EqualTo(double.CreateTruncating(bar)).Within(1e-3).Percent);
        tape.Reset();

        // many paths, and the same ones each time: nothing is compiled twice
        T[] signs = [.. Enumerable.Range(0, 256 * 8).Select(i => K((i / 8 >> (i % 8)) % 2 == 0 ? -1 : 1))];
        int programs = 0;
        for (int i = 0; i < 6; i++)
        {
            tape.Reset();
            tape.SumRows(signs, 8, x => { Scalar<T> s = x[0]; for (int c = 0; c < 8; c++) s += x[c] > K(0) ? x[c] : -x[c]; return s; });
            if (i == 3) programs = tape.Recording.Rows.ProgramCount;
        }

        tape.Recording.Rows.ProgramCount.ShouldBe(programs);
    }

    [Test]
    public void AGradientAllocatesNothingAfterWarmUp()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = default, w = default;
        Func<ReadOnlySpan<Scalar<T>>, Scalar<T>> f = x => x[0] > x[1] ? (x[2] * u).Exp() * w : Scalar.Dot<T>([u, w], x[..2]) - x[2];
        RowsFunction<T> several = (x, y) => (y[0], y[1]) = (x[0] * x[1] * u, x[2] > w ? x[2].Sin() : x[1]);
        T[] values = new T[400], jacobian = new T[1200], seeds = Loop<T>.Draw(200, 3);
        void Step()
        {
            tape.Reset();
            (u, w) = (tape.Variable(K(0.5)), tape.Variable(K(-0.1)));
            Scalar<T> sum = tape.SumRows(Data, 3, f);
            _ = tape.Backward(sum)[u];
            Variable<T> v = tape.Variable(Data, [200, 3]), map = tape.MapRows(v, f);
            Gradients<T> g = tape.Backward(map, seeds);
            _ = g[v][0] + g[w];
            tape.JacobianRows(Data, 3, 2, several, values, jacobian);
        }

        for (int i = 0; i < 30; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void ARewoundLoopAllocatesNothingAfterWarmUp()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(0.5));
        Func<ReadOnlySpan<Scalar<T>>, Scalar<T>> f = x => x[0] * u * u;
        TapeMark mark = tape.Mark();
        void Step()
        {
            for (int i = 0; i < 3; i++) _ = tape.Backward(tape.SumRows(Data, 3, f))[u];
            tape.Rewind(mark);
        }

        for (int i = 0; i < 30; i++) Step();
        long bytes = tape.Bytes, before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before, tape.Bytes).ShouldBe((0, bytes));
    }
}
