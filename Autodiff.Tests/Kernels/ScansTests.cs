using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

/// <summary>Scans over rows of lanes give the bits of a loop over each lane, for every width around the vectors'.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class ScansTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void RowsGiveTheBitsOfLanes()
    {
        var random = new Random(7);
        foreach (int inner in new[] { 0, 1, 2, 3, 5, 8, 9, 17, 33 })
            foreach (int n in new[] { 0, 1, 6 })
                foreach (bool special in new[] { false, true }) Check(2, n, inner, Draw(random, 2 * n * inner, special), Draw(random, 2 * n * inner, special));
    }

    private static void Check(int outer, int n, int inner, T[] x, T[] a)
    {
        int size = outer * n * inner;
        T[] y = new T[size], whole = new T[outer * inner];
        int[] places = new int[size];
        foreach (bool reverse in new[] { false, true })
        {
            Scans.Sum<T>(x, y, outer, n, inner, reverse);
            Same(y, Lanes(x, a, n, inner, reverse, (before, v, _, first) => first ? v : before + v), "sum");
            Scans.Product<T>(x, y, outer, n, inner, reverse);
            Same(y, Lanes(x, a, n, inner, reverse, (before, v, _, first) => first ? v : before * v), "product");
            Scans.Recurrence<T>(x, a, y, outer, n, inner, reverse);
            Same(y, Lanes(x, a, n, inner, reverse, (before, v, factor, first) => first || before == T.Zero ? v : v + (factor * before)), "recurrence");
        }

        RunningExtremum<T, Greatest<T>>.Run(x, places, outer, n, inner);
        RunningLogSums.Run<T>(x, y, outer, n, inner);
        T[] others = new T[size];
        Scans.ProductOfOthers<T>(x, others, outer, n, inner);
        Scans.WholeProduct<T>(x, whole, outer, n, inner);
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int first = (lane / inner * n * inner) + (lane % inner), best = 0;
            T greatest = T.NegativeInfinity, sum = T.Zero, product = T.One;
            for (int i = 0; i < n; i++)
            {
                T value = x[first + (i * inner)], held = x[first + (best * inner)];
                if (!(value <= held) && !T.IsNaN(held)) best = i;
                places[first + (i * inner)].ShouldBe(best);
                if (!(value <= greatest)) (greatest, sum) = (value, (greatest == T.NegativeInfinity ? T.Zero : sum * T.Exp(greatest - value)) + T.One);
                else if (value != T.NegativeInfinity && greatest != T.PositiveInfinity) sum += T.Exp(value - greatest);
                Same([y[first + (i * inner)]], [T.IsNaN(greatest) ? greatest : greatest + T.Log(sum)], "log-sum");
                T other = T.One, after = T.One;
                for (int k = 0; k < i; k++) other *= x[first + (k * inner)];
                for (int k = n - 1; k > i; k--) after *= x[first + (k * inner)];
                Same([others[first + (i * inner)]], [other * after], "product of others");
                product *= value;
            }

            Same([whole[lane]], [product], "whole product");
        }
    }

    private static T[] Lanes(T[] x, T[] a, int n, int inner, bool reverse, Func<T, T, T, bool, T> next)
    {
        T[] y = new T[x.Length];
        for (int lane = 0; lane < (n == 0 ? 0 : x.Length / n); lane++)
        {
            T before = T.Zero;
            for (int i = 0; i < n; i++)
            {
                int at = (lane / inner * n * inner) + ((reverse ? n - 1 - i : i) * inner) + (lane % inner);
                y[at] = before = next(before, x[at], a[at], i == 0);
            }
        }

        return y;
    }

    private static T[] Draw(Random random, int count, bool special)
    {
        double[] odd = [double.NaN, 0, -0.0, double.PositiveInfinity, double.NegativeInfinity, 1e30];
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(special && random.Next(4) == 0 ? odd[random.Next(odd.Length)] : (4 * random.NextDouble()) - 2))];
    }

    // equal, with the signs of zeros; a NaN is a NaN
    private static void Same(T[] got, T[] expected, string what)
    {
        for (int i = 0; i < got.Length; i++)
            (got[i].Equals(expected[i]) && T.IsNegative(got[i]) == T.IsNegative(expected[i]) || (T.IsNaN(got[i]) && T.IsNaN(expected[i]))).ShouldBeTrue($"{what}: {got[i]} is not {expected[i]}");
    }
}
