using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

[NonParallelizable] // counts bytes
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class MatrixProductTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Guard = 12345;

    private static readonly (int M, int K, int N)[] Shapes =
    [
        (1, 1, 1), (1, 7, 1), (1, 70, 33), (33, 70, 1), (2, 3, 5), (3, 17, 4), (4, 19, 9), (5, 1, 6), (6, 5, 16), (7, 40, 48), (8, 2, 16),
        (9, 8, 47), (12, 33, 64), (13, 21, 49), (16, 9, 100), (17, 400, 18), (31, 3, 31), (64, 50, 10), (70, 5, 260), (200, 6, 53),
        (1, 2100, 5), (3, 2100, 6), (1030, 4, 50), (0, 3, 4), (3, 0, 4), (3, 4, 0), (1, 0, 1),
    ];

    [Test]
    public void Agrees_with_a_naive_loop_at_every_width(
        [Values] bool transposeA, [Values] bool transposeB, [Values] bool accumulate, [Values(0, 1, 2, 3)] int width)
    {
        var random = new Random(7);
        foreach ((int m, int k, int n) in Shapes)
        {
            T[] a = Numbers.Random<T>(random, m * k), b = Numbers.Random<T>(random, k * n), c = Numbers.Random<T>(random, m * n + 9);
            c.AsSpan(m * n).Fill(T.CreateChecked(Guard));
            T[] before = [.. c];
            MatrixProduct.Multiply<T>((VectorWidth)width, a, b, c.AsSpan(0, m * n), m, k, n, transposeA, transposeB, accumulate);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = accumulate ? double.CreateChecked(before[i * n + j]) : 0, size = Math.Abs(sum) + 1e-30;
                    for (int p = 0; p < k; p++)
                    {
                        double x = double.CreateChecked(transposeA ? a[p * m + i] : a[i * k + p]);
                        double y = double.CreateChecked(transposeB ? b[j * k + p] : b[p * n + j]);
                        sum += x * y;
                        size += Math.Abs(x * y);
                    }
                    double error = Math.Abs(double.CreateChecked(c[i * n + j]) - sum);
                    error.ShouldBeLessThanOrEqualTo(60 * Numbers.Epsilon<T>() * size, $"{m}x{k}x{n} at ({i}, {j})");
                }
            }
            c.AsSpan(m * n).Count(T.CreateChecked(Guard)).ShouldBe(9, $"{m}x{k}x{n} wrote past its end");
        }
    }

    [Test]
    public void NaN_and_infinity_reach_the_result_even_through_zeros(
        [Values] bool transposeA, [Values] bool transposeB, [Values(0, 1, 2, 3)] int width)
    {
        foreach (int m in (int[])[1, 3, 9])
        {
            foreach (T special in (T[])[T.NaN, T.PositiveInfinity])
            {
                T[] a = new T[m * 5], b = new T[5 * 20], c = new T[m * 20];
                b[transposeB ? 19 * 5 + 4 : 4 * 20 + 19] = special;
                MatrixProduct.Multiply<T>((VectorWidth)width, a, b, c, m, 5, 20, transposeA, transposeB, false);
                for (int i = 0; i < c.Length; i++) T.IsNaN(c[i]).ShouldBe(i % 20 == 19);
            }
        }
    }

    [Test]
    public void Equal_rows_and_columns_give_bitwise_equal_results(
        [Values(1, 2, 4, 19)] int m, [Values] bool transposeB, [Values(0, 1, 2, 3)] int width)
    {
        var random = new Random(3);
        const int k = 502, n = 53;
        T[] row = Numbers.Random<T>(random, k), column = Numbers.Random<T>(random, k), a = new T[m * k], b = new T[k * n], c = new T[m * n];
        for (int i = 0; i < a.Length; i++) a[i] = row[i % k];
        for (int i = 0; i < b.Length; i++) b[i] = column[transposeB ? i % k : i / n];
        MatrixProduct.Multiply<T>((VectorWidth)width, a, b, c, m, k, n, false, transposeB, false);
        c.Distinct().Count().ShouldBe(1);
    }

    /// <summary>C·v = A·(B·v): a wrong element of C would show with near certainty (Freivalds' check). Small integers, so every sum is exact.</summary>
    [Test]
    [Category("Long")]
    public void Large_products_agree_with_their_action_on_a_vector([Values] bool transposeA, [Values] bool transposeB)
    {
        const int n = 2048;
        var random = new Random(11);
        T[] a = new T[n * n], b = new T[n * n], c = new T[n * n];
        for (int i = 0; i < a.Length; i++) (a[i], b[i]) = (T.CreateChecked(random.Next(-4, 5)), T.CreateChecked(random.Next(-4, 5)));
        MatrixProduct.Multiply<T>(a, b, c, n, n, n, transposeA, transposeB, accumulate: false);
        double[] v = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(1, 1000))];
        Times(c, v, false).ShouldBe(Times(a, Times(b, v, transposeB), transposeA));

        static double[] Times(T[] matrix, double[] v, bool transposed)
        {
            var y = new double[n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) y[transposed ? j : i] += double.CreateChecked(matrix[i * n + j]) * v[transposed ? i : j];
            return y;
        }
    }

    [Test]
    public void Short_spans_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply<T>(new T[5], new T[6], new T[4], 2, 3, 2, false, false, false));
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply<T>(new T[6], new T[5], new T[4], 2, 3, 2, false, false, false));
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply<T>(new T[6], new T[6], new T[3], 2, 3, 2, false, false, false));
    }

    [Test]
    public void Nothing_is_allocated_once_the_scratch_is_pooled([Values] bool transposeA, [Values] bool transposeB)
    {
        const int m = 65, k = 50, n = 300;
        T[] a = new T[m * k], b = new T[k * n], c = new T[m * n];
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            MatrixProduct.Multiply<T>(a, b, c, m, k, n, transposeA, transposeB, false);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated();
        Allocated().ShouldBe(0);
    }
}
