using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.LinearAlgebra;

/// <summary>Every factorisation without matrices, rows or columns, of single numbers, of what is not finite, of nearly equal values, and of batches to the second order.</summary>
[TestFixture]
public sealed class FactorisationEdgeTests
{
    // what each does with a matrix (and a right side), as one result
    private static readonly (string Name, bool Square, Func<Variable<double>, Variable<double>> Call)[] Calls =
    [
        ("LogDet", true, a => a.LogDet()), ("SlogDet", true, a => a.SlogDet().Log), ("Det", true, a => a.Det()), ("Inverse", true, a => a.Inverse()),
        ("Solve", true, a => a.Solve(a.Sum(-1, keepDims: true))), ("Cholesky", true, a => a.Cholesky()), ("CholeskySolve", true, a => a.CholeskySolve(a)),
        ("TriangularSolve", true, a => a.TriangularSolve(a, lower: true)), ("Eigh", true, a => Both(a.Eigh())), ("Eigenvalues", true, a => a.Eigenvalues()), ("MatrixExp", true, a => a.MatrixExp()),
        ("MatrixPower", true, a => a.MatrixPower(3)), ("Qr", false, a => a.Qr().Q.MatMul(a.Qr().R)), ("Svd", false, a => Product(a.Svd())), ("SingularValues", false, a => a.SingularValues()),
        ("Lstsq", false, a => a.Lstsq(a * a.Square())), ("Pinv", false, a => a.Pinv()), ("Nuclear", false, a => a.MatrixNorm(MatrixNormKind.Nuclear)), ("Cov", false, a => a.Cov(-1)),
    ];

    private static IEnumerable<TestCaseData> Empty()
    {
        foreach ((string name, bool square, Func<Variable<double>, Variable<double>> call) in Calls)
            foreach (int[] shape in square ? new int[][] { [0, 0], [0, 2, 2], [2, 0, 0], [3, 0, 1, 1] } : [[0, 0], [3, 0], [0, 3], [0, 2, 3], [2, 0, 3], [2, 3, 0], [0, 0, 0]])
                yield return new TestCaseData(call, shape).SetArgDisplayNames($"{name} of {Shape.Create(shape)}");
    }

    private static IEnumerable<TestCaseData> All() => Calls.Select(c => new TestCaseData(c.Call, c.Square).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Empty))]
    public void WithoutElementsThereIsNothingToDifferentiate(Func<Variable<double>, Variable<double>> call, int[] shape)
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([], shape), y = call(a);
        y.Values.ToArray().ShouldAllBe(v => double.IsFinite(v));
        tape.Backward(y.Sum())[a].Length.ShouldBe(0);
        Variable<double> g = tape.Gradient(y.Sum(), a);
        g.Shape.ShouldBe(a.Shape);
        tape.Backward(g.Sum())[a].Length.ShouldBe(0);
    }

    [TestCaseSource(nameof(All))]
    public void OfASingleNumberItIsAFunctionOfIt(Func<Variable<double>, Variable<double>> call, bool square)
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([1.5, 0.75], [2, 1, 1]);
        GradCheck.Run<double>(x => call(x[0]), new Input<double>([1.5, 0.75], [2, 1, 1])).Assert();
        call(a).Values.Length.ShouldBe(2);
    }

    [TestCaseSource(nameof(All))]
    public void WhatIsNotFiniteGoesOnAndEnds(Func<Variable<double>, Variable<double>> call, bool square)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
            for (int place = 0; place < 9; place++)
            {
                using var tape = new Tape<double>();
                double[] numbers = [4, 1, 0.5, 1, 5, 1, 0.5, 1, 6];
                numbers[place] = bad;
                Variable<double> a = tape.Variable(numbers, [3, 3]);
                try
                {
                    Variable<double> y = call(a);
                    tape.Backward(y.Sum());
                    if (double.IsNaN(bad)) y.Values.ToArray().ShouldContain(v => double.IsNaN(v));
                }
                catch (MatrixException)
                {
                    double.IsNaN(bad).ShouldBeFalse("only an infinity may be refused");
                }
            }
    }

    // from Python's mpmath with 60 digits, by differences
    [Test]
    public void NearlyEqualEigenvaluesHaveDerivativesWithinTheDocumentedError()
    {
        double[] numbers = [2.265407714397578, 0.6984333328948295, -0.6646419490815091, 0.6984333328948295, 1.385496676334918, -0.36684540635114055, -0.6646419490815091, -0.36684540635114055, 1.349096609267504];
        double[] expected = [-236995.691611046, -395024.35620957456, -866328.1583764179, -395024.35620957456, 1272040.3005272392, 584626.3508011956, -866328.1583764179, 584626.3508011956, -1035042.6089161932];
        double[] ofValues = [1.2091656241076454, 1.952448127355561, -1.3578424028360139, 1.952448127355561, -0.10332214577312114, 0.4561511704056403, -1.3578424028360139, 0.4561511704056403, 0.8941565216654758];
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(numbers, [3, 3]), weights = tape.Constant([1, -2, 0.5, 0.25, 3, -1, 2, 0.75, -0.5], [3, 3]), u = tape.Constant([1.0, -2, 3], [3]);
        (Variable<double> values, Variable<double> vectors) = a.Eigh();
        double unit = Math.ScaleB(1, -52), error = 4 * unit * 3 / 1e-6;
        double[] got = tape.Backward((vectors * weights).Sum() + (values * u).Sum())[a].ToArray(), alone = tape.Backward((values * u).Sum())[a].ToArray(), sum = tape.Backward(values.Sum())[a].ToArray();
        for (int i = 0; i < 9; i++)
        {
            TestContext.Out.WriteLine($"{(got[i] - expected[i]) / 1.3e6 / error} {(alone[i] - ofValues[i]) / error}");
            got[i].ShouldBe(expected[i], error * 1.3e6, "of vectors");
            alone[i].ShouldBe(ofValues[i], 5 * error, "of values with different weights");
            sum[i].ShouldBe(i % 4 == 0 ? 1 : 0, 8 * unit, "of values with equal weights");
            got[i].ShouldBe(got[(i % 3 * 3) + (i / 3)], 4 * unit * 1.3e6, "symmetric");
        }
    }

    [Test]
    public void NearlyEqualSingularValuesHaveDerivativesWithinTheDocumentedError()
    {
        double[] numbers = [1.1426124774678275, -0.422798250642949, 1.5624235817824588, -0.4806112249218359, 1.7591097117535548, 0.785718291167665, -0.3013459210734863, -0.06298681259172774, 0.5356518023764107];
        double[] expected = [163825.33879094588, 8516.471479723481, 320852.2777209057, 141829.75585466565, -324522.40033116326, -70991.38354690319, 41337.43380336031, -39577.83624611074, 37119.07739906806];
        double[] weights = [1, -2, 0.5, 0.25, 3, -1, 2, 0.75, -0.5];
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(numbers, [3, 3]), w = tape.Constant(weights, [3, 3]), u = tape.Constant([1.0, -2, 3], [3]);
        (Variable<double> left, Variable<double> s, Variable<double> right) = a.Svd();
        double error = 4 * Math.ScaleB(1, -52) * 2 / 1e-6;
        double[] got = tape.Backward((left * w).Sum() + (right * w).Sum() + (s * u).Sum())[a].ToArray();
        for (int i = 0; i < 9; i++)
        {
            TestContext.Out.WriteLine($"{(got[i] - expected[i]) / 3.3e5 / error}");
            got[i].ShouldBe(expected[i], error * 3.3e5);
        }
    }

    [Test]
    public void OfSymmetricFunctionsTheGradientIsSymmetric()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([6.0, 1, 0.5, -1, 7, 2, 0.25, 1, 9], [3, 3]), w = tape.Constant([1.0, 2, 3, 4, 5, 6, 7, 8, 10], [3, 3]);
        foreach (Variable<double> y in new[] { a.Cholesky(), a.Eigh().Vectors, a.Eigenvalues() })
        {
            double[] g = tape.Backward((y * w).Sum())[a].ToArray();
            for (int i = 0; i < 9; i++) g[i].ShouldBe(g[(i % 3 * 3) + (i / 3)], 4e-15);
        }
    }

    [Test]
    public void InABatchTheOneThatFailsIsNamed()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([2.0, 0, 0, 2, 1, 2, 2, 4, 3, 1, 1, 3], [1, 3, 2, 2]), b = tape.Constant([1.0, 1], [2]), wide = tape.Variable(new double[6], [2, 3]);
        int count = tape.Count;
        (string Op, Func<Variable<double>> Call)[] calls =
            [("Inverse", () => a.Inverse()), ("Solve", () => a.Solve(b)), ("Cholesky", () => a.Cholesky()), ("Lstsq", () => a.Lstsq(b))];
        foreach ((string op, Func<Variable<double>> call) in calls)
        {
            MatrixException refused = Should.Throw<MatrixException>(() => call());
            (refused.Batch, refused.Pivot).ShouldBe((1, 1), op);
            refused.Message.ShouldContain($"{op}: a is [1, 3, 2, 2], matrix 1");
        }

        tape.Count.ShouldBe(count, "nothing was recorded");
        (string Op, Action Call)[] refusals =
        [
            ("Det", () => wide.Det()), ("SlogDet", () => wide.SlogDet()), ("Inverse", () => wide.Inverse()), ("Cholesky", () => wide.Cholesky()), ("Eigh", () => wide.Eigh()),
            ("Solve", () => wide.Solve(b)), ("TriangularSolve", () => wide.TriangularSolve(b, true)), ("CholeskySolve", () => wide.CholeskySolve(b)), ("MatrixPower", () => wide.MatrixPower(2)),
        ];
        foreach ((string op, Action call) in refusals) Should.Throw<ShapeException>(call).Message.ShouldStartWith($"{op}: a is [2, 3]");
    }

    private static IEnumerable<TestCaseData> Batches()
    {
        yield return Batch("Eigh", x => Symmetric(x).Eigh().Vectors * Symmetric(x).Eigh().Values.Square().Unsqueeze(-2), 2, 3, 3);
        yield return Batch("Svd, wide", x => Product(Apart(x).Svd()), 2, 2, 3);
        yield return Batch("Svd, square", x => Product(Apart(x).Svd()), 2, 3, 3);
        yield return Batch("Qr, wide", x => Apart(x).Qr().Q.Square().MatMul(Apart(x).Qr().R), 2, 2, 3);
        yield return Batch("Lstsq, tall", x => Apart(x).Lstsq(x.Square()), 2, 3, 2);
        yield return Batch("Pinv, wide", x => Apart(x).Pinv(), 2, 2, 3);
        yield return Batch("CholeskySolve", x => Apart(x).CholeskySolve(x.Square()), 2, 3, 3);
        yield return Batch("Cholesky", x => (x.MatMul(x.Transpose()) + Apart(x * 0.0).Square()).Cholesky(), 2, 3, 3);
        yield return Batch("Inverse", x => Apart(x).Inverse(), 2, 3, 3);
        yield return Batch("Solve", x => Apart(x).Solve(x.Square()), 2, 3, 3);
        yield return Batch("Det", x => Apart(x).Det(), 2, 3, 3);
        yield return Batch("LogDet", x => Apart(x).LogDet(), 2, 3, 3);
        yield return Batch("SlogDet", x => Apart(-x).SlogDet().Log, 2, 3, 3);
    }

    [TestCaseSource(nameof(Batches))]
    [Category("Long")]
    public void BatchesHaveSecondDerivatives(Func<Variable<double>, Variable<double>> call, int[] shape)
        => GradCheck.Run<double>(x => call(x[0]), Sample.Of(shape)).Assert();

    private static TestCaseData Batch(string name, Func<Variable<double>, Variable<double>> call, params int[] shape) => new TestCaseData(call, shape).SetArgDisplayNames(name);

    private static Variable<double> Symmetric(Variable<double> x) => Apart(x) + x.Transpose();

    // with a diagonal far from everything else and from each other
    private static Variable<double> Apart(Variable<double> x)
    {
        int m = x.Shape[-2], n = x.Shape[-1];
        double[] numbers = new double[m * n];
        for (int i = 0; i < Math.Min(m, n); i++) numbers[(i * n) + i] = 9 + (11 * i);
        return x + x.Recording!.Tape.Constant(numbers, [m, n]);
    }

    private static Variable<double> Both((Variable<double> Values, Variable<double> Vectors) pair) => pair.Vectors * pair.Values.Unsqueeze(-2);

    private static Variable<double> Product((Variable<double> U, Variable<double> S, Variable<double> Vt) factors)
        => (factors.U.Square() * factors.S.Unsqueeze(-2)).MatMul(factors.Vt.Square()) + factors.U.MatMul(factors.Vt);
}
