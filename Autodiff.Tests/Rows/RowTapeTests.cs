using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Rows;

/// <summary>Rows and the rest of the tape: outer tensors and products, marks, several sweeps, second order, consumption, listings.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class RowTapeTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] Data = [.. new double[] { 1, 2, 3, 4, 5, 6 }.Select(T.CreateTruncating)];

    private static T K(double x) => T.CreateTruncating(x);

    [Test]
    public void ElementsOfOuterTensorsAreUniform()
    {
        using var tape = new Tape<T>();
        Variable<T> v = tape.Variable([K(2), K(3)], [2]), c = tape.Constant([K(10), K(20)], [2]);
        Scalar<T> early = v[1], y = tape.SumRows(Data, 2, x => (x[0] * v[0]) + (x[1] * early) + c[1]);
        y.Value.ShouldBe(K((9 * 2) + (12 * 3) + 60));
        Gradients<T> g = tape.Backward(y);
        g[v].ToArray().ShouldBe([K(9), K(12)]);
        g[early].ShouldBe(K(12));
        Should.Throw<InvalidOperationException>(() => _ = g[c].Length);
        tape.Gradient(y, v).Values.ToArray().ShouldBe([K(9), K(12)]);
    }

    [Test]
    public void AProductThatWasTakenUpAndIsUsedInRowsHasItsWholeGradient()
    {
        using var tape = new Tape<T>();
        Scalar<T> a = tape.Variable(K(3)), b = tape.Variable(K(5)), c = tape.Variable(K(7)), m = a * b, s = c + m;
        Scalar<T> y = s + tape.SumRows(Data, 2, x => x[0] > K(2) ? x[0] * m : x[1] * m);
        y.Value.ShouldBe(K(22 + (15 * (2 + 3 + 5))));
        Gradients<T> g = tape.Backward(y);
        (g[a], g[b], g[c], g[m]).ShouldBe((K(55), K(33), K(1), K(11)));
        tape.Gradient(y, m).Value.ShouldBe(K(11));

        // pending before the call: not changed inside, nor after it
        Scalar<T> n = a * b, z = tape.SumRows(Data, 2, x => x[0] + n), t = c - n;
        g = tape.Backward(z * t);
        (z.Value, t.Value, n.Value, g[n]).ShouldBe((K(54), K(-8), K(15), K((3 * -8) - 54)));
        T[] values = new T[3], jacobian = new T[6];
        Scalar<T> p = a * b;
        tape.JacobianRows(Data, 2, 1, (x, r) => r[0] = x[0] - p, values, jacobian);
        (p.Value, values[0], (c + p).Value).ShouldBe((K(15), K(-14), K(22)));
    }

    [Test]
    public void MarksStandBeforeAndAfterRows()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        Scalar<T> first = tape.SumRows(Data, 2, x => x[0] * u);
        TapeMark mark = tape.Mark();
        int count = tape.Count;
        for (int i = 0; i < 5; i++)
        {
            Scalar<T> y = tape.SumRows(Data, 3, x => x[0] * x[1] * (u + K(i)));
            Gradients<T> g = tape.Backward(y * first);
            g[u].ShouldBe(K((22 * 18) + (22 * (2 + i) * 9)));
            Variable<T> map = tape.MapRows(Data, 2, x => x[1] * u);
            tape.Backward(map.Sum())[u].ShouldBe(K(12));
            tape.Rewind(mark);
            tape.Count.ShouldBe(count);
            Should.Throw<InvalidOperationException>(() => _ = y.Value).Message.ShouldContain("rewound");
        }

        (first.Value, tape.Backward(first)[u]).ShouldBe((K(18), K(9)));
    }

    [Test]
    public void DataAndOuterScalarsTogether()
    {
        using var tape = new Tape<T>();
        Variable<T> raw = tape.Variable(Data, [3, 2]), data = raw * K(2);
        Scalar<T> u = tape.Variable(K(3));
        Variable<T> y = tape.MapRows(data, x => (x[0] * x[1]) + (u * x[0])), z = tape.MapRows(data, x => x[1] * u);
        Gradients<T> g = tape.Backward((y + z).Sum() + raw.Sum());
        g[raw].ToArray().ShouldBe([.. Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? K(4) * Data[i + 1] : K(4) * Data[i - 1]) + K(7))]);
        g[u].ShouldBe(K(18 + 24));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ASweepMayConsume(bool consume)
    {
        using var tape = new Tape<T>();
        Variable<T> raw = tape.Variable(Data, [3, 2]), data = raw * raw;
        Scalar<T> u = tape.Variable(K(3));
        Scalar<T> sum = tape.SumRows(Data, 2, x => x[0] * u * u);
        Variable<T> map = tape.MapRows(data, x => x[0] * u);
        Scalar<T> y = map.Sum() + sum;
        Gradients<T> g = tape.Backward(y, consume: consume);
        g[u].ShouldBe(K(35 + 54));
        g[raw].ToArray().ShouldBe([K(6), K(0), K(18), K(0), K(30), K(0)]);
        if (consume) Should.Throw<InvalidOperationException>(() => _ = map.Values.Length);
        else tape.Backward(y)[u].ShouldBe(K(89));
    }

    [Test]
    public void SecondOrderIsThatOfTheLoop()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(0.5)), w = tape.Variable(K(-0.25));
        Scalar<T> F(Scalar<T> a, Scalar<T> b) => a > K(2) ? (a * u * w) + (b * u * u) : (a * u * u * u) - (b * w * w);
        Scalar<T> rows = tape.SumRows(Data, 2, x => F(x[0], x[1])), loop = F(Data[0], Data[1]) + F(Data[2], Data[3]) + F(Data[4], Data[5]);

        // dyadic numbers: everything is exact
        foreach (Scalar<T> a in (Scalar<T>[])[u, w])
        {
            Scalar<T> d = tape.Gradient(rows, a), e = tape.Gradient(loop, a);
            d.Value.ShouldBe(e.Value);
            Gradients<T> g = tape.Backward(d), h = tape.Backward(e);
            (g[u], g[w]).ShouldBe((h[u], h[w]));
            tape.Gradient(tape.Gradient(d, u), u).Value.ShouldBe(tape.Gradient(tape.Gradient(e, u), u).Value);
        }
    }

    [Test]
    public void SecondOrderOfAMapByDataAndOuterScalars()
    {
        using var tape = new Tape<T>();
        Variable<T> v = tape.Variable(Data, [3, 2]);
        Scalar<T> u = tape.Variable(K(0.5));
        Variable<T> rows = tape.MapRows(v, x => x[0] > K(2) ? x[0] * x[0] * x[1] * u : x[0] * x[1] * u * u);
        Scalar<T> loop = (v[0, 0] * v[0, 1] * u * u) + (v[1, 0] * v[1, 0] * v[1, 1] * u) + (v[2, 0] * v[2, 0] * v[2, 1] * u);
        Variable<T> d = tape.Gradient(rows.Sum(), v), e = tape.Gradient(loop, v);
        d.Values.ToArray().ShouldBe(e.Values.ToArray());
        Gradients<T> g = tape.Backward(d.Square().Sum()), h = tape.Backward(e.Square().Sum());
        g[v].ToArray().ShouldBe(h[v].ToArray());
        g[u].ShouldBe(h[u]);
        tape.Gradient(tape.Gradient(rows.Sum(), u), u).Value.ShouldBe(tape.Gradient(tape.Gradient(loop, u), u).Value);
    }

    [Test]
    public void TheListingNamesTheStep()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(1));
        _ = tape.SumRows(Data, 2, x => x[0] > K(2) ? x[0] * u : x[1]);
        _ = tape.MapRows(Data, 3, x => x[0]);
        tape.ToString().ShouldContain("SumRows { Rows = 3, Columns = 2, Paths = 2 }");
        tape.ToString().ShouldContain("MapRows { Rows = 2, Columns = 3, Paths = 1 }");
    }

    [Test]
    public void JacobiansOfSeveralOutputsAreThoseOfBackward()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        T[] values = new T[15], jacobian = new T[30];
        int count = tape.Count;
        tape.JacobianRows(Data, 2, 5, F, values, jacobian);
        tape.Count.ShouldBe(count, "nothing stays");
        for (int i = 0; i < 3; i++)
        {
            Scalar<T>[] row = [tape.Variable(Data[2 * i]), tape.Variable(Data[(2 * i) + 1])], y = new Scalar<T>[5];
            F(row, y);
            for (int k = 0; k < 5; k++)
            {
                values[(5 * i) + k].ShouldBe(y[k].Value);
                T[] bars = y[k].IsConstant ? [T.Zero, T.Zero] : [.. row.Select(x => tape.Backward(y[k])[x])];
                jacobian.AsSpan(((5 * i) + k) * 2, 2).ToArray().ShouldBe(bars, $"row {i}, output {k}");
            }
        }

        // one cell twice, a column, an accumulated sum and what it was made of, a constant
        void F(ReadOnlySpan<Scalar<T>> x, Span<Scalar<T>> y)
        {
            Scalar<T> s = x[0] + (x[1] * u), t = s + (x[0] * x[1]);
            (y[0], y[1], y[2], y[3], y[4]) = (t, t, x[1] > K(3) ? s : s * u, x[0], K(4));
        }
    }
}
