using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Rows;

/// <summary>A zero cotangent contributes zero in lanes, too; NaN and ∞ flow where they should, and the sign of zero is kept.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class RowZeroTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static T K(double x) => T.CreateTruncating(x);

    private static T[] Numbers(params double[] x) => [.. x.Select(T.CreateTruncating)];

    [Test]
    public void WhatWhereDoesNotTakeContributesNothing()
    {
        T[] data = Numbers(4, -1, 0, 9, -2);
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(3));
        Scalar<T> sum = tape.SumRows(data, 1, x => Scalar<T>.Apply<Where>(x[0].GreaterThan(0), x[0].Sqrt() * u, K(0)));
        (sum.Value, tape.Backward(sum)[u]).ShouldBe((K(15), K(5)));
        Variable<T> v = tape.Variable(data, [5, 1]), y = tape.MapRows(v, x => Scalar<T>.Apply<Where>(x[0].GreaterThan(0), x[0].Sqrt() * u, K(0)));
        tape.Backward(y.Sum())[v].ToArray().ShouldBe(Numbers(0.75, 0, 0, 0.5, 0));
    }

    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NaN)]
    public void ProductsThatAreNotTakenContributeNothing(double strange)
    {
        // runs of products of each shape: one factor, one sum, squares, two cells; the strange rows stand in the middle of a block
        T[] data = new T[50 * 6];
        for (int i = 0; i < data.Length; i++) data[i] = i / 6 % 5 > 0 ? K(i % 6 == 0 ? 1 : 1 + (i % 3)) : i % 6 == 0 ? T.Zero : K(strange);
        OfRow<T>[] programs =
        [
            (x, u) => { Scalar<T> s = x[1]; for (int c = 0; c < 5; c++) s += x[c + 1] * u[c]; return s; },
            (x, u) => { Scalar<T> s = x[1]; for (int c = 0; c < 5; c++) s += x[c + 1] * x[c + 1]; return s * u[0]; },
            (x, u) => { Scalar<T> s = K(0); for (int c = 0; c < 5; c++) s += (x[1] * u[c]).Tanh(); return s; },
            (x, u) => x[1] * x[2] * u[0],
            (x, u) => u[0] - (x[1] * x[2]),
            (x, u) => Scalar.FusedMultiplyAdd(x[1], u[0], x[2]) / x[3],
        ];
        foreach (OfRow<T> f in programs)
        {
            Scalar<T> Chosen(ReadOnlySpan<Scalar<T>> x, Scalar<T>[] u) => Scalar<T>.Apply<Where>(x[0].GreaterThan(0), f(x, u), u[1]);
            T[] outer = Numbers(2, 3, -1, 0.5, 1);
            new Loop<T> { Data = data, Columns = 6, Outer = outer, F = Chosen }.Compare("taken and not", 64);
        }
    }

    [Test]
    public void RowsWithAZeroCotangentContributeNothing()
    {
        T[] data = Numbers(1, 2, double.PositiveInfinity, 3, double.NaN, 4, 5, double.NegativeInfinity);
        T[] seeds = Numbers(1, 0, 2, 3);
        seeds[1] = T.Zero;
        seeds[2] = T.NegativeZero;
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(5));
        Variable<T> v = tape.Variable(data, [4, 2]), y = tape.MapRows(v, x => x[0] * x[1] * u);
        Gradients<T> g = tape.Backward(y, seeds);
        T[] bars = g[v].ToArray();
        bars[..6].ShouldBe(Numbers(10, 5, 0, 0, 0, 0));
        bars[6..].ShouldBe(Numbers(double.NegativeInfinity, 75));
        g[u].ShouldBe(T.NegativeInfinity);
        tape.Backward(y, Numbers(1, 0, 0, 0))[u].ShouldBe(K(2));
    }

    [Test]
    public void LanesWithoutARowContributeNothing()
    {
        // 17 rows: the block is filled with copies of the last row
        T[] data = [.. Enumerable.Repeat(T.One, 17)];
        data[16] = T.PositiveInfinity;
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        Scalar<T> y = tape.SumRows(data, 1, x => Scalar<T>.Apply<Where>(x[0].GreaterThan(1e30), u, x[0] * u));
        (y.Value, tape.Backward(y)[u]).ShouldBe((K(34), K(17)));
        Variable<T> v = tape.Variable(data, [17, 1]), map = tape.MapRows(v, x => x[0] * u);
        T[] seeds = [.. Enumerable.Repeat(T.One, 17)];
        tape.Backward(map, seeds)[u].ShouldBe(T.PositiveInfinity);
        seeds[16] = T.Zero;
        Gradients<T> g = tape.Backward(map, seeds);
        (g[u], g[v][16], g[v][0]).ShouldBe((K(16), K(0), K(2)));
    }

    [Test]
    public void AZeroCotangentOfTheSumContributesNothing()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(0)), w = tape.Variable(K(1));
        Scalar<T> y = tape.SumRows(Numbers(1, 2), 1, x => x[0] * u.Log());
        y.Value.ShouldBe(T.NegativeInfinity);
        Gradients<T> g = tape.Backward((y * K(0)) + w);
        (g[u], g[w]).ShouldBe((T.Zero, T.One));
        y = tape.SumRows(Numbers(1, 2), 1, x => (x[0] * u).Sqrt());
        tape.Backward(y)[u].ShouldBe(T.PositiveInfinity);
        g = tape.Backward((y * K(0)) + w);
        (g[u], g[w]).ShouldBe((T.Zero, T.One));
    }

    [Test]
    public void NaNAndInfinityFlow()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        T[] data = Numbers(1, double.NaN, 3, double.PositiveInfinity);
        Scalar<T> y = tape.SumRows(data, 1, x => x[0] * u);
        (y.Value, tape.Backward(y)[u]).ShouldBe((T.NaN, T.NaN));
        y = tape.SumRows(Numbers(1, double.PositiveInfinity), 1, x => x[0] * u);
        (y.Value, tape.Backward(y)[u]).ShouldBe((T.PositiveInfinity, T.PositiveInfinity));
        tape.MapRows(data, 1, x => x[0] * u).Values.ToArray().ShouldBe(Numbers(2, double.NaN, 6, double.PositiveInfinity));
        T[] values = new T[4], jacobian = new T[4];
        tape.JacobianRows(data, 1, 1, (x, r) => r[0] = x[0] * x[0], values, jacobian);
        jacobian.ShouldBe(Numbers(2, double.NaN, 6, double.PositiveInfinity));
    }

    [Test]
    public void ZerosOfBothSignsAreTwoConstants()
    {
        using var tape = new Tape<T>();
        T[] data = Numbers(1, 2, 3);
        Variable<T> y = tape.MapRows(data, 1, x => (x[0] * T.Zero).Maximum(T.NegativeZero) + (x[0] / (x[0] * T.NegativeZero)));
        y.Values.ToArray().ShouldBe(Numbers(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));
        T.IsNegative(tape.MapRows(data, 1, x => T.Zero).Values[0]).ShouldBeFalse();
        T.IsNegative(tape.MapRows(data, 1, x => T.NegativeZero).Values[0]).ShouldBeTrue();
        tape.Reset();
        T.IsNegative(tape.MapRows(data, 1, x => T.Zero).Values[0]).ShouldBeFalse();
        tape.Reset();
        T.IsNegative(tape.MapRows(data, 1, x => T.NegativeZero).Values[0]).ShouldBeTrue("not the program of the other zero");
    }

    [Test]
    public void NoRowsGiveNothing()
    {
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        Scalar<T> Refused(ReadOnlySpan<Scalar<T>> x) => throw new NotSupportedException();
        Scalar<T> sum = tape.SumRows([], 3, Refused);
        (sum.Value, tape.Backward(sum)[u], tape.Gradient(sum, u).Value).ShouldBe((T.Zero, T.Zero, T.Zero));
        Variable<T> v = tape.Variable([], [0, 3]), map = tape.MapRows(v, Refused);
        map.Shape.ShouldBe([0]);
        Gradients<T> g = tape.Backward(map.Sum());
        (g[u], g[v].Length).ShouldBe((T.Zero, 0));
        tape.MapRows([], 2, Refused).Size.ShouldBe(0);
        tape.JacobianRows([], 3, 2, (x, y) => throw new NotSupportedException(), [], []);
    }
}
