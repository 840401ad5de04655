using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.LinearAlgebra;

/// <summary>Products over several axes, sums with products, chains, covariances, distances and norms of matrices, against loops and numbers by hand.</summary>
[TestFixture]
public sealed class ContractionTests
{
    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void TensorDotIsASumOfProducts()
    {
        Variable<double> a = Draw(1, 2, 3, 4), b = Draw(2, 4, 2, 5), c = Draw(3, 3, 4, 2);
        Near(a.TensorDot(b, [2, 0], [0, 1]), Variable.Einsum("ijk,kil->jl", [a, b]));
        Near(a.TensorDot(b, [0, 2], [1, 0]), Variable.Einsum("ijk,kil->jl", [a, b]));
        Near(a.TensorDot(b, 1), Variable.Einsum("ijk,klm->ijlm", [a, b]));
        Near(a.TensorDot(c, 2), Variable.Einsum("ijk,jkl->il", [a, c]));
        Near(a.TensorDot(c, [0], [-1]), Variable.Einsum("ijk,lmi->jklm", [a, c]));
        Near(a.TensorDot(c, 0), Variable.Einsum("ijk,lmn->ijklmn", [a, c]));
        Near(a.TensorDot(a, 3), a.Square().Sum());
        a.Slice(1, 0, 0).TensorDot(c.Slice(0, 0, 0), [1], [0]).Values.ToArray().ShouldBe(new double[64], "a sum of nothing");
        Should.Throw<ShapeException>(() => a.TensorDot(b, [0], [0])).Message.ShouldContain("TensorDot: a is [2, 3, 4], b is [4, 2, 5], the axes are [0] and [0]");
        Should.Throw<ShapeException>(() => a.TensorDot(a, [0, 0], [0, 1])).Message.ShouldContain("TensorDot");
        Should.Throw<ShapeException>(() => a.TensorDot(b, [2], [])).Message.ShouldContain("[2] and []");
        Should.Throw<ArgumentOutOfRangeException>(() => a.TensorDot(b, [3], [0])).Message.ShouldContain("TensorDot: axis is 3");
        Should.Throw<ArgumentOutOfRangeException>(() => a.TensorDot(b, 4)).Message.ShouldContain("TensorDot: count is 4");
    }

    [Test]
    public void ProductsAreAdded()
    {
        Variable<double> a = Draw(1, 3, 2, 4), b = Draw(2, 4, 5), x = Draw(3, 2, 5), v = Draw(4, 4);
        Near(x.AddMatMul(a, b), x + a.MatMul(b));
        Near(x.AddMatMul(a, b, -2, 0.5), (-2.0 * x) + (0.5 * a.MatMul(b)));
        Near(tape.Variable([double.NaN], []).AddMatMul(v, v, beta: 0), v.Dot(v));
        tape.Variable([double.NaN], []).AddMatMul(v, v, 0, 0).Values.ToArray().ShouldBe([0.0]);
        tape.Variable([double.NaN], []).AddMatMul(a, b, 0, 0).Shape.ShouldBe(a.MatMul(b).Shape);
        Near(x.AddMatMul(a.Slice(0, 0, 1).Reshape([2, 4]), b, alpha: 0), x);
        Should.Throw<ShapeException>(() => a.AddMatMul(x, x.Transpose())).Message.ShouldContain("AddMatMul: x is [3, 2, 4], a is [2, 5], b is [5, 2]; needs an x that broadcasts to [2, 2]");
        Should.Throw<ShapeException>(() => a.AddMatMul(x, x)).Message.ShouldStartWith("AddMatMul: a is [2, 5], b is [2, 5]");
        Should.Throw<ShapeException>(() => x.AddMatMul(x, x)).Message.ShouldContain("MatMul: a is [2, 5], b is [2, 5]");
    }

    [Test]
    public void ChainsTakeTheCheapestOrder()
    {
        Variable<double> a = Draw(1, 10, 2), b = Draw(2, 2, 10), c = Draw(3, 10, 3), v = Draw(4, 3), w = Draw(5, 10);
        int count = tape.Count;
        Variable<double> y = Variable.MultiDot([a, b, c]);
        tape.Count.ShouldBe(count + 2);
        Near(y, a.MatMul(b.MatMul(c)), 0, "2·10·3 + 10·2·3 operations instead of 10·2·10 + 10·10·3");
        Near(Variable.MultiDot([w, a, b, c, v]), w.MatMul(a).MatMul(b).MatMul(c).MatMul(v));
        Near(Variable.MultiDot([w, w]), w.Dot(w));
        Near(Variable.MultiDot([a]), a);
        Should.Throw<ArgumentException>(() => Variable.MultiDot<double>([])).Message.ShouldContain("MultiDot: 0 matrices");
        Should.Throw<ShapeException>(() => Variable.MultiDot([a, a])).Message.ShouldContain("MultiDot: input 0 is [10, 2], input 1 is [10, 2]");
        Should.Throw<ShapeException>(() => Variable.MultiDot([a, v, b])).Message.ShouldContain("MultiDot: input 1 is [3]");
    }

    [Test]
    public void CovariancesAndCorrelations()
    {
        Variable<double> x = tape.Variable([1.0, 2, 3, 4, 2, 1, 4, 3, 1e9 + 4, 1e9 + 3, 1e9 + 2, 1e9 + 1], [3, 4]);
        double[] expected = [5, 3, -5, 3, 5, -3, -5, -3, 5];
        Near(x.Cov(), tape.Constant([.. expected.Select(v => v / 3)], [3, 3]));
        Near(x.Cov(0), tape.Constant([.. expected.Select(v => v / 4)], [3, 3]));
        double[] r = x.CorrCoef().Values.ToArray();
        for (int i = 0; i < 9; i++) r[i].ShouldBe(expected[i] / 5, 1e-15);
        r.ShouldAllBe(v => v >= -1 && v <= 1);
        (x * 1e200).CorrCoef().Values[1].ShouldBe(0.6, 1e-15);
        double[] flat = tape.Variable([1.0, 1, 1, 2], [2, 2]).CorrCoef().Values.ToArray();
        flat[..3].ShouldAllBe(v => double.IsNaN(v));
        flat[3].ShouldBe(1, 4e-16);
        tape.Variable([1.0, 2], [2, 1]).Cov().Values.ToArray().ShouldAllBe(v => double.IsNaN(v));
        tape.Variable([1.0, 2], [1, 2]).Cov(3).Values.ToArray().ShouldBe([double.PositiveInfinity]);
        Should.Throw<ShapeException>(() => x.Flatten().Cov()).Message.ShouldContain("Cov: x is [12]");
        Should.Throw<ShapeException>(() => x.Flatten().CorrCoef()).Message.ShouldContain("CorrCoef: x is [12]");
    }

    [Test]
    public void DistancesOfNearPointsKeepTheirDigits()
    {
        Variable<double> a = tape.Variable([1e8, 1e8, 0, 0], [2, 2]), b = tape.Variable([1e8 + 3, 1e8 + 4, 1e8, 1e8, 3, -4], [3, 2]);
        a.Distances(b).Values.ToArray().ShouldBe([5, 0, Math.Sqrt(((1e8 - 3) * (1e8 - 3)) + ((1e8 + 4) * (1e8 + 4))), Math.Sqrt(((1e8 + 3) * (1e8 + 3)) + ((1e8 + 4) * (1e8 + 4))), Math.Sqrt(2) * 1e8, 5], 3e-8);
        a.Distances(b).Values[0].ShouldBe(5);
        a.Distances(b, 1).Values[0].ShouldBe(7);
        a.Distances(b, 0).Values.ToArray().ShouldBe([2, 0, 2, 2, 2, 2]);
        a.Distances(b, double.PositiveInfinity).Values[0].ShouldBe(4);
        double[] g = tape.Backward(a.Slice(0, 0, 1).Distances(b.Slice(0, 0, 2)).Sum())[a].ToArray();
        g.ShouldBe([-0.6, -0.8, 0, 0], 2e-16, "0 from the point at distance 0");
        Near(Draw(1, 2, 3, 4).Distances(Draw(2, 5, 4)), (Draw(1, 2, 3, 4).Reshape([2, 3, 1, 4]) - Draw(2, 5, 4)).Square().Sum(-1).Sqrt());
        a.Slice(1, 0, 0).Distances(b.Slice(1, 0, 0)).Values.ToArray().ShouldBe(new double[6]);
        Should.Throw<ShapeException>(() => a.Distances(b.Transpose())).Message.ShouldContain("Distances: a is [2, 2], b is [2, 3]");
        Should.Throw<ArgumentOutOfRangeException>(() => a.Distances(b, double.NaN)).Message.ShouldContain("Distances: order is NaN");
        Variable<double> none = a.Slice(1, 0, 0);
        int count = tape.Count;
        Should.Throw<ShapeException>(() => none.Distances(none, double.PositiveInfinity)).Message.ShouldContain("Distances: a is [2, 0], b is [2, 0], order is Infinity");
        tape.Count.ShouldBe(count);
    }

    [Test]
    public void DistancesAtTheEndsOfTheNumbers()
    {
        Variable<double> a = tape.Variable([1e200, 0], [1, 2]), b = tape.Variable([0, 1e200, 1e200, 1e-170, double.NaN, 0, double.NegativeInfinity, 0], [4, 2]);
        Variable<double> y = a.Distances(b);
        y.Values[0].ShouldBe(Math.Sqrt(2) * 1e200, 4e184);
        y.Values[1..].ToArray().ShouldBe([1e-170, double.NaN, double.PositiveInfinity]);
        Gradients<double> g = tape.Backward(y, [1, 1, 0, 0]);
        g[a].ToArray().ShouldBe([Math.Sqrt(0.5), -Math.Sqrt(0.5) - 1], 1e-15, "a zero cotangent contributes zero");
        g[b].ToArray().ShouldBe([-Math.Sqrt(0.5), Math.Sqrt(0.5), 0, 1, 0, 0, 0, 0], 1e-15);
        tape.Backward(y, [0, 0, 1, 0])[a].ToArray().ShouldBe([double.NaN, double.NaN]);
    }

    // against the norms of all differences, at counts around the lanes' and with more points than a block of sums holds
    [TestCase(1, 1, 1)]
    [TestCase(3, 4, 2)]
    [TestCase(2, 5, 9)]
    [TestCase(5, 17, 3)]
    [TestCase(2, 300, 4)]
    public void DistancesAreNormsOfDifferences(int m, int n, int d)
    {
        Variable<double> a = Draw(1, m, d), b = Draw(2, n, d), w = Draw(3, m, n), y = a.Distances(b), z = (a.Unsqueeze(1) - b.Unsqueeze(0)).Norm(-1);
        Near(y, z);
        Gradients<double> g = tape.Backward((y * w).Sum()), h = tape.Backward((z * w).Sum());
        for (int i = 0; i < m * d; i++) g[a][i].ShouldBe(h[a][i], 1e-14 * n);
        for (int i = 0; i < n * d; i++) g[b][i].ShouldBe(h[b][i], 1e-14 * m);
    }

    [Test]
    public void CrossProducts()
    {
        Variable<double> a = tape.Variable([1.0, 2, 3, 0, 1, 0], [2, 3]), b = tape.Variable([4.0, 5, 6], [3]);
        a.Cross(b).Values.ToArray().ShouldBe([-3, 6, -3, 6, 0, -4]);
        a.Transpose().Cross(b.Reshape([3, 1]), 0).Values.ToArray().ShouldBe([-3, 6, 6, 0, -3, -4]);
        Should.Throw<ShapeException>(() => a.Cross(b, 0)).Message.ShouldContain("Cross: a is [2, 3], b is [3], axis 0");
        Should.Throw<ArgumentOutOfRangeException>(() => a.Cross(b, 2)).Message.ShouldContain("Cross: axis is 2");
    }

    [TestCase(MatrixNormKind.Frobenius, 7.0710678118654755)]
    [TestCase(MatrixNormKind.Nuclear, 8.9442719099991592)]
    [TestCase(MatrixNormKind.Spectral, 6.7082039324993694)]
    [TestCase(MatrixNormKind.LeastSingular, 2.2360679774997898)]
    [TestCase(MatrixNormKind.ColumnSum, 7)]
    [TestCase(MatrixNormKind.LeastColumnSum, 5)]
    [TestCase(MatrixNormKind.RowSum, 9)]
    [TestCase(MatrixNormKind.LeastRowSum, 3)]
    public void NormsOfAMatrix(MatrixNormKind kind, double expected)
    {
        // singular values √45 and √5
        Variable<double> a = tape.Variable([3.0, 0, -4, 5], [2, 2]), batch = Variable.Stack([a, a.Transpose() * 0.0, a * 2.0], 0);
        a.MatrixNorm(kind).AsScalar().Value.ShouldBe(expected, 4e-16 * expected);
        batch.MatrixNorm(kind).Values.ToArray().ShouldBe([expected, 0, 2 * expected], 1e-15 * expected);
        batch.MatrixNorm(kind, keepDims: true).Shape.ShouldBe([3, 1, 1]);
        batch.Slice(0, 0, 0).MatrixNorm(kind).Shape.ShouldBe([0]);
        tape.Variable([1.0, double.NaN], [1, 2]).MatrixNorm(kind).AsScalar().Value.ShouldBe(double.NaN);
        if (kind is MatrixNormKind.Frobenius or MatrixNormKind.Nuclear) a.Slice(0, 0, 0).MatrixNorm(kind).AsScalar().Value.ShouldBe(0);
        else Should.Throw<ShapeException>(() => a.Slice(0, 0, 0).MatrixNorm(kind)).Message.ShouldContain($"MatrixNorm: x is [0, 2], the norm is {kind}");
    }

    [Test]
    public void ValuesRanksAndConditions()
    {
        Variable<double> a = tape.Variable([3.0, 0, -4, 5], [2, 2]), low = tape.Variable([1.0, 2, 2, 4, 3, 6], [3, 2]), one = tape.Variable([1.0, double.NaN], [1, 2]);
        a.SingularValues().Values.ToArray().ShouldBe([Math.Sqrt(45), Math.Sqrt(5)], 2e-15);
        (a + a.Transpose()).Eigenvalues().Values.ToArray().ShouldBe((a + a.Transpose()).Eigh().Values.Values.ToArray());
        (a.MatrixRank(), low.MatrixRank(), (a * 0.0).MatrixRank(), a.MatrixRank(0.5), one.MatrixRank(), a.Slice(0, 0, 0).MatrixRank()).ShouldBe((2, 1, 0, 1, 0, 0));
        a.Cond().AsScalar().Value.ShouldBe(3, 2e-15);
        Variable.Stack([a, a * 1e-200], 0).Cond().Values.ToArray().ShouldBe([3, 3], 2e-15);
        tape.Variable([1.0, 0, 0, 0], [2, 2]).Cond().AsScalar().Value.ShouldBe(double.PositiveInfinity);
        Should.Throw<ShapeException>(() => a.Flatten().SingularValues()).Message.ShouldContain("SingularValues: a is [4]");
        Should.Throw<ShapeException>(() => low.Eigenvalues()).Message.ShouldContain("Eigenvalues: a is [3, 2]");
        Should.Throw<ShapeException>(() => Variable.Stack([a, a], 0).MatrixRank()).Message.ShouldContain("MatrixRank: a is [2, 2, 2]");
        Should.Throw<ArgumentOutOfRangeException>(() => a.MatrixRank(1)).Message.ShouldContain("MatrixRank: tolerance is 1");
        Should.Throw<ShapeException>(() => a.Slice(1, 0, 0).Cond()).Message.ShouldContain("Cond: a is [2, 0]");
        Should.Throw<ShapeException>(() => a.Flatten().MatrixNorm()).Message.ShouldContain("MatrixNorm: x is [4]");
        Should.Throw<ArgumentOutOfRangeException>(() => a.MatrixNorm((MatrixNormKind)8)).Message.ShouldContain("MatrixNorm: kind is 8");
    }

    [Test]
    public void AFactorSolves()
    {
        Variable<double> x = Draw(1, 2, 3, 3), b = Draw(2, 3, 2), a = x.MatMul(x.Transpose()) + tape.Constant([1.0, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]), l = a.Cholesky();
        Near(a.MatMul(l.CholeskySolve(b)), b.BroadcastTo([2, 3, 2]), 1e-13);
        Near(l.Slice(0, 0, 1).Reshape([3, 3]).CholeskySolve(b.Slice(1, 0, 1).Reshape([3])), l.Slice(0, 0, 1).CholeskySolve(b.Slice(1, 0, 1)).Reshape([3]));
        Should.Throw<ShapeException>(() => l.CholeskySolve(b.Transpose())).Message.ShouldContain("CholeskySolve: a is [2, 3, 3], b is [2, 3]");
        Should.Throw<MatrixException>(() => (l * 0.0).CholeskySolve(b)).Message.ShouldContain("matrix 0 is singular: pivot 0");
    }

    private Variable<double> Draw(int seed, params int[] shape)
    {
        var random = new Random(seed);
        return tape.Variable([.. Enumerable.Range(0, shape.Aggregate(1, (m, n) => m * n)).Select(_ => (2 * random.NextDouble()) - 1)], shape);
    }

    private static void Near(Variable<double> got, Variable<double> expected, double tolerance = 1e-14, string? what = null)
    {
        got.Shape.ShouldBe(expected.Shape);
        double[] a = got.Values.ToArray(), b = expected.Values.ToArray();
        for (int i = 0; i < a.Length; i++) a[i].ShouldBe(b[i], tolerance, what);
    }
}
