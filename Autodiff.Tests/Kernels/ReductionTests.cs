using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class ReductionTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int[] Lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 127, 128, 129, 255, 257, 300, 511, 1000];

    [Test]
    public void Sum_agrees_with_a_naive_loop([Values(1, 3, 17)] int inner)
    {
        var random = new Random(1);
        const int outer = 2;
        foreach (int n in (int[])[0, .. Lengths])
        {
            T[] x = Numbers.Random<T>(random, outer * n * inner), y = Numbers.Random<T>(random, outer * inner);
            Reduction.Sum<T>(x, y, outer, n, inner);
            for (int o = 0; o < outer; o++)
            {
                for (int j = 0; j < inner; j++)
                {
                    double sum = 0, size = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double value = double.CreateChecked(x[(o * n + i) * inner + j]);
                        sum += value;
                        size += Math.Abs(value);
                    }
                    double bound = (66 + Math.Log2(n + 1)) * Numbers.Epsilon<T>() * size;
                    Math.Abs(double.CreateChecked(y[o * inner + j]) - sum).ShouldBeLessThanOrEqualTo(bound, $"n = {n}");
                }
            }
        }
    }

    [Test]
    public void Sum_of_many_equal_terms_keeps_its_error_bound([Values(1, 2)] int inner)
    {
        // Added up one after another, these terms would be off by several percent in single precision.
        const int n = 3_000_000;
        T[] x = new T[n * inner], y = new T[inner];
        T term = T.CreateChecked(0.1);
        Array.Fill(x, term);
        Reduction.Sum<T>(x, y, 1, n, inner);
        double exact = n * double.CreateChecked(term);
        foreach (T sum in y) Math.Abs(double.CreateChecked(sum) / exact - 1).ShouldBeLessThan((66 + Math.Log2(n)) * Numbers.Epsilon<T>());
    }

    [Test]
    public void Dot_agrees_with_a_naive_loop()
    {
        var random = new Random(2);
        foreach (int n in (int[])[0, .. Lengths])
        {
            T[] a = Numbers.Random<T>(random, n), b = Numbers.Random<T>(random, n);
            double sum = a.Zip(b, (x, y) => double.CreateChecked(x) * double.CreateChecked(y)).Sum();
            Math.Abs(double.CreateChecked(Reduction.Dot<T>(a, b)) - sum).ShouldBeLessThanOrEqualTo(80 * Numbers.Epsilon<T>() * (n + 1), $"n = {n}");
        }
        Should.Throw<ArgumentException>(() => Reduction.Dot<T>(new T[2], new T[3]));
    }

    [Test]
    public void Extrema_are_the_first_of_their_value_and_NaN_wins([Values(1, 3, 17)] int inner, [Values] bool max, [Values] bool nan)
    {
        var random = new Random(3);
        const int outer = 2;
        foreach (int n in Lengths)
        {
            // Few distinct values make ties everywhere; both zeros are one value.
            T[] x = [.. Enumerable.Range(0, outer * n * inner).Select(_ => T.CreateChecked(random.Next(-3, 4)) * T.CreateChecked(0.5))];
            if (nan)
            {
                for (int i = 0; i < 1 + x.Length / 40; i++) x[random.Next(x.Length)] = T.NaN;
            }
            T[] y = new T[outer * inner];
            int[] index = new int[outer * inner + 1];
            index[^1] = -7;
            if (max) Reduction.Max<T>(x, y, index, outer, n, inner);
            else Reduction.Min<T>(x, y, index, outer, n, inner);
            for (int o = 0; o < outer * inner; o++)
            {
                T[] column = [.. Enumerable.Range(0, n).Select(i => x[(o / inner * n + i) * inner + o % inner])];
                int expected = Array.FindIndex(column, T.IsNaN);
                if (expected < 0) expected = Array.IndexOf(column, max ? column.Max() : column.Min());
                index[o].ShouldBe(expected, $"n = {n}");
                y[o].ShouldBe(column[expected]);
            }
            index[^1].ShouldBe(-7);
        }
    }

    [Test]
    public void Extrema_of_sorted_rows_and_of_infinities()
    {
        T[] x = [.. Enumerable.Range(0, 100).Select(i => T.CreateChecked(i))], y = new T[1];
        int[] index = new int[1];
        Reduction.Max<T>(x, y, index, 1, 100, 1);
        index[0].ShouldBe(99);
        Reduction.Min<T>(x, y, index, 1, 100, 1);
        index[0].ShouldBe(0);
        Array.Fill(x, T.NegativeInfinity);
        Reduction.Max<T>(x, y, index, 1, 100, 1);
        (index[0], y[0]).ShouldBe((0, T.NegativeInfinity));
    }
}
