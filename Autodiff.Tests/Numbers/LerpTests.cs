using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Interpolation keeps its promises, and tests and joins of conditions are 0 or 1.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class LerpTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void LerpIsExactAtTheEndsAndMonotone()
    {
        var random = new Random(4);
        const int Pairs = 60;
        T[] weights = [.. Enumerable.Range(-40, 161).Select(i => Of(i / 80.0)), T.BitDecrement(T.One), T.BitIncrement(T.One), T.BitDecrement(T.BitDecrement(T.One))];
        Array.Sort(weights);
        using var tape = new Tape<T>();
        for (int pair = 0; pair < Pairs; pair++)
        {
            T a = Draw(random), b = pair % 3 == 0 ? T.BitIncrement(T.BitIncrement(a)) : Draw(random);
            Variable<T> w = tape.Constant(weights, [weights.Length]), y = Variable<T>.Apply<Lerp>(tape.Constant([a], [1]), tape.Constant([b], [1]), w);
            ReadOnlySpan<T> values = y.Values;
            for (int i = 0; i < weights.Length; i++)
            {
                if (weights[i] == T.Zero) values[i].ShouldBe(a);
                if (weights[i] == T.One) values[i].ShouldBe(b);
                if (i > 0) (a < b ? values[i] >= values[i - 1] : values[i] <= values[i - 1]).ShouldBeTrue($"from {a:R} to {b:R} at {weights[i]:R}");
            }
        }

        // b − a would overflow; equal infinities; what is NaN
        T largest = T.CreateSaturating(double.MaxValue) is { } m && T.IsFinite(m) ? m : T.CreateTruncating(float.MaxValue);
        T[] from = [-largest, T.PositiveInfinity, T.NaN, T.One], to = [largest, T.PositiveInfinity, T.One, T.NaN];
        T[] edges = tape.Constant(from, [4]).Lerp(tape.Constant(to, [4]), 0.5).Values.ToArray();
        edges.ShouldBe([T.Zero, T.PositiveInfinity, T.NaN, T.NaN]);
    }

    [Test]
    public void TestsAndJoinsAreZeroOrOne()
    {
        using var tape = new Tape<T>();
        Variable<T> x = tape.Variable([T.Zero, T.One, T.PositiveInfinity, T.NegativeInfinity, T.NaN], [5]);
        Numbers(x.IsNaN()).ShouldBe([0, 0, 0, 0, 1]);
        Numbers(x.IsInfinity()).ShouldBe([0, 0, 1, 1, 0]);
        Numbers(x.IsFinite()).ShouldBe([1, 1, 0, 0, 0]);
        Numbers(x.Not()).ShouldBe([1, 0, 0, 0, 0]);
        Numbers(x.And(x.IsFinite())).ShouldBe([0, 1, 0, 0, 0]);
        Numbers(x.Or(x.IsNaN())).ShouldBe([0, 1, 1, 1, 1]);
        Numbers(x.NanToNum(7, 8, -9)).ShouldBe([0, 1, 8, -9, 7]);
        Numbers(x.NanToNum())[2].ShouldBe(typeof(T) == typeof(double) ? double.MaxValue : float.MaxValue);
        Numbers(tape.Backward(x.IsFinite().Sum())[x]).ShouldBe([0, 0, 0, 0, 0]);
        Scalar<T> s = tape.Variable(T.NaN);
        s.IsNaN().Value.ShouldBe(T.One);
    }

    private static double[] Numbers(Variable<T> x) => Numbers(x.Values);

    private static double[] Numbers(ReadOnlySpan<T> x) => [.. x.ToArray().Select(double.CreateTruncating)];

    private static T Of(double x) => T.CreateTruncating(x);

    private static T Draw(Random random) => Of((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4)));
}
