using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.LinearAlgebra;

/// <summary>What decompositions are: products that give the matrix, columns that are orthonormal, orders and signs, known values, and refusals.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class DecompositionTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double Unit = typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24);

    private readonly Tape<T> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [TestCase(1, 1)]
    [TestCase(7, 3)]
    [TestCase(3, 7)]
    [TestCase(20, 20)]
    public void QrGivesTheMatrix(int m, int n)
    {
        double[,] a = Draw(m, n, 1);
        (Variable<T> q, Variable<T> r) = Record(a).Qr();
        double[,] left = Of(q), right = Of(r);
        Near(Times(left, right), a, 4 * m, "Q·R");
        Near(Times(Transposed(left), left), Identity(Math.Min(m, n)), 4 * m, "QᵀQ");
        for (int i = 0; i < Math.Min(m, n); i++)
        {
            right[i, i].ShouldBeGreaterThan(0);
            for (int j = 0; j < i; j++) right[i, j].ShouldBe(0);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(9)]
    [TestCase(33)]
    public void EighGivesTheMatrix(int n)
    {
        double[,] a = Draw(n, n, 2);
        (Variable<T> values, Variable<T> vectors) = Record(a).Eigh();
        double[,] v = Of(vectors), scaled = Of(vectors), mean = new double[n, n];
        double[] lambda = [.. values.Values.ToArray().Select(double.CreateTruncating)];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) (scaled[i, j], mean[i, j]) = (v[i, j] * lambda[j], (a[i, j] + a[j, i]) / 2);
        Near(Times(scaled, Transposed(v)), mean, 12 * n, "V·Λ·Vᵀ");
        Near(Times(Transposed(v), v), Identity(n), 12 * n, "VᵀV");
        lambda.ShouldBeInOrder();
        Signs(v);
    }

    [TestCase(1, 1)]
    [TestCase(8, 3)]
    [TestCase(3, 8)]
    [TestCase(17, 17)]
    public void SvdGivesTheMatrix(int m, int n)
    {
        double[,] a = Draw(m, n, 3);
        (Variable<T> left, Variable<T> values, Variable<T> right) = Record(a).Svd();
        double[,] u = Of(left), scaled = Of(left), vt = Of(right);
        double[] s = [.. values.Values.ToArray().Select(double.CreateTruncating)];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < s.Length; j++) scaled[i, j] = u[i, j] * s[j];
        Near(Times(scaled, vt), a, 12 * n, "U·S·Vᵀ");
        Near(Times(Transposed(u), u), Identity(s.Length), 12 * n, "UᵀU");
        Near(Times(vt, Transposed(vt)), Identity(s.Length), 12 * n, "VᵀV");
        s.ShouldBeInOrder(SortDirection.Descending);
        s[^1].ShouldBeGreaterThanOrEqualTo(0);
        Signs(u);
    }

    [Test]
    public void OfLowRankTheColumnsAreStillOrthonormal()
    {
        double[,] a = Times(Draw(6, 2, 4), Draw(2, 5, 5));
        double[,] u = Of(Record(a).Svd().U), zero = Of(Record(new double[4, 3]).Svd().U), v = Of(Record(Identity(4)).Eigh().Vectors);
        Near(Times(Transposed(u), u), Identity(5), 60, "UᵀU of rank 2");
        Near(Times(Transposed(zero), zero), Identity(3), 1, "UᵀU of zeros");
        Near(v, Identity(4), 0, "vectors of the identity");
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(6)]
    public void OfDependentRowsOnlyRoundingIsLeftAndThatEnds(int n)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            double[,] a = Draw(n, n, seed);
            for (int j = 0; j < n; j++)
            {
                // a row of zeros, two equal rows, or small integers
                if (seed % 3 == 0) a[seed % n, j] = 0;
                else if (seed % 3 == 1) a[1, j] = a[0, j];
                else for (int i = 0; i < n; i++) a[i, j] = Math.Round(2 * a[i, j]);
            }

            (Variable<T> left, Variable<T> values, Variable<T> right) = Record(a).Svd();
            double[,] u = Of(left), scaled = Of(left), vt = Of(right);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) scaled[i, j] = u[i, j] * double.CreateTruncating(values.Values[j]);
            Near(Times(scaled, vt), a, 24 * n, "U·S·Vᵀ");
            Near(Times(Transposed(u), u), Identity(n), 24 * n, "UᵀU");
            if (seed % 3 < 2) double.CreateTruncating(values.Values[n - 1]).ShouldBeLessThan(24 * n * Unit);
        }
    }

    [Test]
    public void KnownValues()
    {
        Record(new double[,] { { 2, 1 }, { 1, 2 } }).Eigh().Values.Values.ToArray().Select(double.CreateTruncating).ShouldBe([1, 3], 8 * Unit);
        Record(new double[,] { { 3, 0 }, { 4, 5 } }).Svd().S.Values.ToArray().Select(double.CreateTruncating).ShouldBe([Math.Sqrt(45), Math.Sqrt(5)], 16 * Unit);
        Near(Of(Record(new double[,] { { 0, -2 }, { 2, 0 } }).MatrixExp()), new double[,] { { Math.Cos(2), -Math.Sin(2) }, { Math.Sin(2), Math.Cos(2) } }, 16, "a rotation");
        Near(Of(Record(new double[,] { { 0, 30 }, { 0, 0 } }).MatrixExp()), new double[,] { { 1, 30 }, { 0, 1 } }, 64, "nilpotent");
        Near(Of(Record(new double[,] { { 1, 2 }, { 2, 4 }, { 0, 0 } }).Pinv()), new double[,] { { 0.04, 0.08, 0 }, { 0.08, 0.16, 0 } }, 16, "of rank 1");
        Near(Of(Record(new double[,] { { 1, 0 }, { 1, 1 }, { 1, 2 } }).Lstsq(Record(new double[,] { { 1 }, { 3 }, { 4 } }))), new double[,] { { 7.0 / 6 }, { 1.5 } }, 32, "a line through three points");
        Near(Of(Record(new double[,] { { 1, 1, 0 } }).Lstsq(Record(new double[,] { { 4 } }))), new double[,] { { 2 }, { 2 }, { 0 } }, 16, "the shortest of many");
    }

    [Test]
    public void LargeAndSmallNumbersKeepTheirScale()
    {
        double scale = typeof(T) == typeof(double) ? 1e200 : 1e30;
        foreach (double factor in new[] { scale, 1 / scale })
        {
            double[,] a = { { 2 * factor, factor }, { factor, 2 * factor } };
            Near(Of(Record(a).Eigh().Values.Unsqueeze(0)), new double[,] { { factor, 3 * factor } }, 16, "eigenvalues");
            Near(Of(Record(a).Svd().S.Unsqueeze(0)), new double[,] { { 3 * factor, factor } }, 16, "singular values");
            Near(Of(Record(a).Qr().R), new double[,] { { Math.Sqrt(5) * factor, 4 / Math.Sqrt(5) * factor }, { 0, 3 / Math.Sqrt(5) * factor } }, 16, "R");
        }
    }

    [Test]
    public void WhatIsNotFiniteGoesOn()
    {
        Variable<T> bad = Record(new double[,] { { 1, double.NaN }, { 0, 2 } });
        foreach (Variable<T> y in new[] { bad.Eigh().Values, bad.Eigh().Vectors, bad.Svd().U, bad.Svd().S, bad.Pinv(), bad.Qr().R, bad.MatrixExp() })
            y.Values.ToArray().ShouldContain(T.NaN);
    }

    [Test]
    public void RefusalsNameTheMatrixAndThePivot()
    {
        Variable<T> thin = Record(new double[,] { { 1, 2 }, { 2, 4 }, { 0, 0 } }), vector = tape.Variable([T.One], [1]), b = Record(new double[3, 1]);
        int count = tape.Count;
        MatrixException refused = Should.Throw<MatrixException>(() => thin.Lstsq(b));
        tape.Count.ShouldBe(count, "nothing was recorded");
        (refused.Batch, refused.Pivot).ShouldBe((0, 1));
        refused.Message.ShouldContain("Lstsq: a is [3, 2], matrix 0 has not full rank: pivot 1");
        Variable<T> zeros = tape.Variable(new T[8], [2, 2, 2]), r = zeros.Qr().R;
        Should.Throw<MatrixException>(() => tape.Backward(r.Sum())).Message.ShouldContain("Qr: a is [2, 2, 2], matrix 0 has not full rank: pivot 0");
        Should.Throw<ShapeException>(() => vector.Qr()).Message.ShouldContain("Qr: a is [1]");
        Should.Throw<ShapeException>(() => vector.Svd()).Message.ShouldContain("Svd: a is [1]");
        Should.Throw<ShapeException>(() => thin.Eigh()).Message.ShouldContain("Eigh: a is [3, 2]");
        Should.Throw<ShapeException>(() => thin.MatrixExp()).Message.ShouldContain("MatrixExp: a is [3, 2]");
        Should.Throw<ShapeException>(() => thin.Lstsq(vector)).Message.ShouldContain("Lstsq: a is [3, 2], b is [1]");
        Should.Throw<ArgumentOutOfRangeException>(() => thin.Pinv(1)).Message.ShouldContain("Pinv: tolerance is 1");
        SingularValues.Factor<T>([T.One, T.One, T.Zero, T.One], new T[4], new T[2], new T[4], 2, 2, patience: 1).ShouldBeFalse();
    }

    [Test]
    public void WithoutRowsOrColumnsThereIsNothing()
    {
        Variable<T> none = tape.Variable([], [0, 0]), tall = tape.Variable([], [3, 0]), batch = tape.Variable([], [0, 2, 2]);
        none.Eigh().Values.Shape.ShouldBe([0]);
        tall.Qr().Q.Shape.ShouldBe([3, 0]);
        tall.Svd().Vt.Shape.ShouldBe([0, 0]);
        tall.Pinv().Shape.ShouldBe([0, 3]);
        none.MatrixExp().Shape.ShouldBe([0, 0]);
        batch.Svd().S.Shape.ShouldBe([0, 2]);
    }

    // equal eigenvalues: of the values alone, and of a function that does not turn the vectors, the derivative is right
    [Test]
    public void EqualValuesHaveTheDerivativeOfTheirSum()
    {
        Variable<T> a = Record(Identity(3));
        Near(Of(tape.Gradient(a.Eigh().Values.Sum(), a)), Identity(3), 4, "Σλ");
        Near(Of(tape.Gradient(a.Svd().S.Sum(), a)), Identity(3), 4, "Σs");
        Variable<T> turned = tape.Gradient((a.Eigh().Vectors * Record(Draw(3, 3, 9))).Sum(), a);
        turned.Values.ToArray().Any(x => !T.IsFinite(x)).ShouldBeTrue();
    }

    // A = R·diag(1, 1 + gap, 3)·Rᵀ of a known rotation R: dvᵢ = Σⱼ vⱼ·(vⱼᵀ·dA·vᵢ)/(λᵢ − λⱼ), right to ε·‖A‖/gap of it
    [Test]
    public void NearlyEqualEigenvaluesDivideByTheirGap()
    {
        double gap = typeof(T) == typeof(double) ? 1e-6 : 1.0 / 64, c = 0.8, s = 0.6;
        double[,] r = Times(new double[,] { { c, -s, 0 }, { s, c, 0 }, { 0, 0, 1 } }, new double[,] { { 1, 0, 0 }, { 0, c, -s }, { 0, s, c } }), scaled = new double[3, 3];
        double[] lambda = [1, 1 + gap, 3];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) scaled[i, j] = r[i, j] * lambda[j];
        Variable<T> a = Record(Times(scaled, Transposed(r)));
        double[,] weights = Draw(3, 3, 12), v = Of(a.Eigh().Vectors);
        double[,] got = Of(tape.Gradient((a.Eigh().Vectors * Record(weights)).Sum(), a));
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
            {
                double expected = 0;
                for (int i = 0; i < 3; i++)
                    for (int j = 0; j < 3; j++)
                    {
                        if (i == j) continue;
                        double along = Enumerable.Range(0, 3).Sum(p => weights[p, i] * v[p, j]);
                        expected += along * ((v[row, j] * v[column, i]) + (v[column, j] * v[row, i])) / 2 / (lambda[i] - lambda[j]);
                    }

                got[row, column].ShouldBe(expected, 100 * Unit / gap / gap);
            }
    }

    private static void Signs(double[,] vectors)
    {
        for (int j = 0; j < vectors.GetLength(1); j++)
        {
            double[] column = [.. Enumerable.Range(0, vectors.GetLength(0)).Select(i => vectors[i, j])];
            column.MaxBy(Math.Abs).ShouldBeGreaterThan(0);
        }
    }

    private static double[,] Draw(int m, int n, int seed)
    {
        var random = new Random(seed);
        double[,] a = new double[m, n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) a[i, j] = (float)((2 * random.NextDouble()) - 1);
        return a;
    }

    private Variable<T> Record(double[,] a)
        => tape.Variable([.. a.Cast<double>().Select(T.CreateTruncating)], [a.GetLength(0), a.GetLength(1)]);

    private static double[,] Of(Variable<T> x)
    {
        Shape shape = x.Shape;
        double[,] a = new double[shape[0], shape[1]];
        for (int i = 0; i < x.Size; i++) a[i / shape[1], i % shape[1]] = double.CreateTruncating(x.Values[i]);
        return a;
    }

    private static double[,] Times(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
            for (int j = 0; j < c.GetLength(1); j++)
                for (int k = 0; k < a.GetLength(1); k++) c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    private static double[,] Transposed(double[,] a)
    {
        double[,] t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
            for (int j = 0; j < a.GetLength(1); j++) t[j, i] = a[i, j];
        return t;
    }

    private static double[,] Identity(int n)
    {
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++) a[i, i] = 1;
        return a;
    }

    private static void Near(double[,] got, double[,] expected, double units, string what)
    {
        double size = expected.Cast<double>().Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < expected.GetLength(0); i++)
            for (int j = 0; j < expected.GetLength(1); j++) got[i, j].ShouldBe(expected[i, j], units * Unit * size, $"{what} at {i}, {j}");
    }
}
