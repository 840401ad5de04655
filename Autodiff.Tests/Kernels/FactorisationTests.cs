using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

/// <summary>Factors and solutions at sizes around the blocks: put into the equation they solve, they leave what rounding leaves.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class FactorisationTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 5, 31, 32, 33, 64, 70, 131, 200];

    [Test]
    public void A_triangular_solution_solves([Values] bool lower, [Values] bool transposed, [Values] bool unit, [Values(1, 3, 40)] int k)
    {
        var random = new Random(1);
        foreach (int n in Sizes)
        {
            // what is not read is NaN
            T[] a = Numbers.Random<T>(random, n * n), b = Numbers.Random<T>(random, n * k), x = [.. b];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (i == j) a[(i * n) + i] = unit ? T.NaN : T.CreateChecked(2 + random.NextDouble());
                    else if ((i > j) != lower) a[(i * n) + j] = T.NaN;
                    else a[(i * n) + j] /= T.CreateChecked(n);
            TriangularSystem.Solve(a, n, x, n, k, new Triangle(lower, transposed, unit));
            Residual(n, k, b, x, (i, j) =>
            {
                (int r, int c) = transposed ? (j, i) : (i, j);
                return i == j ? unit ? 1 : Of(a[(i * n) + i]) : (r > c) == lower ? Of(a[(r * n) + c]) : 0;
            }).ShouldBeLessThan((8 + n) * Numbers.Epsilon<T>());
        }
    }

    [Test]
    public void Factors_solve([Values] bool transposed)
    {
        var random = new Random(2);
        foreach (int n in Sizes)
        {
            T[] a = Numbers.Random<T>(random, n * n), b = Numbers.Random<T>(random, n * 3), x = [.. b], factors = [.. a];
            int[] swaps = new int[n];
            LuFactors.Factor<T>(factors, swaps, n).ShouldBe(-1);
            LuFactors.Solve<T>(factors, swaps, x, n, 3, transposed);
            double size = 1 + x.Select(v => Math.Abs(Of(v))).DefaultIfEmpty().Max();
            Residual(n, 3, b, x, (i, j) => Of(transposed ? a[(j * n) + i] : a[(i * n) + j])).ShouldBeLessThan((8 + n) * 4 * size * Numbers.Epsilon<T>());
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) Math.Abs(Of(factors[(i * n) + j])).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Test]
    public void The_Cholesky_factor_gives_the_matrix()
    {
        var random = new Random(3);
        foreach (int n in Sizes)
        {
            T[] a = Numbers.Random<T>(random, n * n), l = Numbers.Random<T>(random, n * n);
            for (int i = 0; i < n; i++) a[i * (n + 1)] = T.CreateChecked(n + 1);
            CholeskyFactor.Factor<T>(a, l, n).ShouldBe(-1);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                {
                    double sum = 0;
                    for (int k = 0; k < n; k++) sum += Of(l[(i * n) + k]) * Of(l[(j * n) + k]);
                    Math.Abs(sum - ((Of(a[(i * n) + j]) + Of(a[(j * n) + i])) / 2)).ShouldBeLessThan((8 + n) * (n + 1) * Numbers.Epsilon<T>());
                    if (j > i) l[(i * n) + j].ShouldBe(T.Zero);
                }
        }
    }

    [TestCase(5, 3)]
    [TestCase(70, 40)]
    public void The_pivot_that_fails_is_found(int n, int pivot)
    {
        var random = new Random(4);
        T[] a = Numbers.Random<T>(random, n * n);
        for (int i = 0; i < n; i++) a[i * (n + 1)] = T.CreateChecked(i == pivot ? -1 : n + 1);
        CholeskyFactor.Factor<T>(a, new T[n * n], n).ShouldBe(pivot);

        // a column of zeros has no pivot
        for (int i = 0; i < n; i++) a[(i * n) + pivot] = T.Zero;
        LuFactors.Factor<T>(a, new int[n], n).ShouldBe(pivot);
    }

    [Test]
    public void Cofactors_of_a_singular_matrix_are_its_minors()
    {
        // integers, so that elimination meets exact zeros; rank 2, then rank 1
        T[] c = new T[9];
        Cofactors.Of<T>(Integers(1, 2, 3, 2, 4, 6, 1, 0, 4), c, 3);
        double[] expected = [16, -2, -4, -8, 1, 2, 0, 0, 0];
        for (int i = 0; i < 9; i++) Of(c[i]).ShouldBe(expected[i], 1e-5);
        Cofactors.Of<T>(Integers(1, 2, 4, 2, 4, 8, 4, 8, 16), c, 3);
        foreach (T v in c) v.ShouldBe(T.Zero);
    }

    private static T[] Integers(params int[] numbers) => [.. numbers.Select(T.CreateChecked)];

    private static double Of(T x) => double.CreateChecked(x);

    // the largest of |op(A)·X − B|
    private static double Residual(int n, int k, T[] b, T[] x, Func<int, int, double> a)
    {
        double worst = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < k; j++)
            {
                double sum = -Of(b[(i * k) + j]);
                for (int p = 0; p < n; p++) sum += a(i, p) * Of(x[(p * k) + j]);
                worst = Math.Max(worst, double.IsNaN(sum) ? double.PositiveInfinity : Math.Abs(sum));
            }

        return worst;
    }
}
