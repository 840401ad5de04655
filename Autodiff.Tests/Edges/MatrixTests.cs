using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Edges;

/// <summary>Matrices that have no factors, no rows, or a NaN; the error names the operation, the matrix and the pivot.</summary>
[TestFixture]
public sealed class MatrixTests
{
    [Test]
    public void A_singular_matrix_is_named()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([1.0, 0, 0, 1, 1, 2, 2, 4], [2, 2, 2]), b = tape.Constant([1.0, 1], [2]);
        int count = tape.Count;
        Refused(() => a.Solve(b), 1, 1, "Solve", "[2, 2, 2]", "matrix 1", "pivot 1");
        Refused(() => a.Inverse(), 1, 1, "Inverse", "matrix 1", "pivot 1");
        Refused(() => a.MatrixPower(-1), 1, 1, "matrix 1", "pivot 1");
        Variable<double> l = tape.Variable([1.0, 0, 0, 0], [2, 2]);
        Refused(() => l.TriangularSolve(b, lower: true), 0, 1, "TriangularSolve", "matrix 0", "pivot 1");
        tape.Count.ShouldBe(count + 1, "nothing was recorded");
        l.TriangularSolve(b, lower: true, unitDiagonal: true).Values.ToArray().ShouldBe([1, 1]);
    }

    [Test]
    public void A_matrix_that_is_not_positive_definite_is_named()
    {
        using var tape = new Tape<double>();
        Refused(() => tape.Variable([1.0, 2, 2, 1], [2, 2]).Cholesky(), 0, 1, "Cholesky", "matrix 0", "pivot 1");
        Refused(() => tape.Variable([4.0, 0, 0, 0], [2, 2, 1]).Cholesky(), null, null, "Cholesky", "[2, 2, 1]");
        Refused(() => tape.Variable([4.0, 0], [2, 1, 1]).Cholesky(), 1, 0, "matrix 1", "pivot 0");
    }

    [Test]
    public void Shapes_that_do_not_fit_are_named()
    {
        using var tape = new Tape<double>();
        Variable<double> square = tape.Variable(new double[9], [3, 3]), wide = tape.Variable(new double[6], [2, 3]);
        Should.Throw<ShapeException>(() => wide.Inverse()).Message.ShouldContain("Inverse: a is [2, 3]");
        Should.Throw<ShapeException>(() => wide.LogDet()).Message.ShouldContain("LogDet: a is [2, 3]");
        Should.Throw<ShapeException>(() => square.Solve(wide)).Message.ShouldContain("b is [2, 3]");
        Should.Throw<ShapeException>(() => square.Solve(wide.Reshape([6]))).Message.ShouldContain("b is [6]");
        Should.Throw<ArgumentOutOfRangeException>(() => wide.Diagonal(4)).Message.ShouldContain("from -2 to 3");
        Should.Throw<ShapeException>(() => wide.Reshape([6]).Trace()).Message.ShouldContain("Trace: x is [6]");
    }

    [Test]
    public void Without_rows_there_is_the_empty_product()
    {
        using var tape = new Tape<double>();
        Variable<double> none = tape.Variable([], [0, 0]), batch = tape.Variable([], [0, 2, 2]);
        none.Det().Values.ToArray().ShouldBe([1]);
        none.LogDet().Values.ToArray().ShouldBe([0]);
        none.Cholesky().Shape.ShouldBe([0, 0]);
        none.Trace().Values.ToArray().ShouldBe([0]);
        none.Solve(tape.Constant([], [0, 3])).Shape.ShouldBe([0, 3]);
        batch.Inverse().Shape.ShouldBe([0, 2, 2]);
        batch.LogDet().Shape.ShouldBe([0]);
        Variable<double> y = none.Inverse();
        tape.Backward(y, [])[none].Length.ShouldBe(0);
    }

    [Test]
    public void A_NaN_goes_on()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([4, 1, double.NaN, 3], [2, 2]), b = tape.Constant([1.0, 1], [2]);
        foreach (Func<Variable<double>> op in new[] { () => a.Cholesky(), () => a.Inverse(), () => a.Solve(b), () => a.LogDet(), () => a.Det(), () => a.TriangularSolve(b, true) })
        {
            Variable<double> y = op();
            y.Values.ToArray().ShouldContain(double.NaN);
            tape.Backward(y.Sum())[a].ToArray().ShouldContain(double.NaN);
        }
    }

    [Test]
    public void A_determinant_has_its_sign()
    {
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable([0.0, 2, 3, 0, 1, 2, 2, 4, 2, 0, 0, 5], [3, 2, 2]);
        a.Det().Values.ToArray().ShouldBe([-6, 0, 10]);
        (Variable<double> sign, Variable<double> log) = a.SlogDet();
        sign.Values.ToArray().ShouldBe([-1, 0, 1]);
        double[] logs = log.Values.ToArray();
        logs[0].ShouldBe(Math.Log(6), 1e-15);
        logs[1].ShouldBe(double.NegativeInfinity);
        a.LogDet().Values.ToArray()[0].ShouldBe(double.NaN);
    }

    private static void Refused(Action act, int? batch, int? pivot, params string[] words)
    {
        ArgumentException e = Should.Throw<ArgumentException>(act);
        foreach (string word in words) e.Message.ShouldContain(word);
        if (batch is null) return;
        MatrixException refused = e.ShouldBeOfType<MatrixException>();
        (refused.Batch, refused.Pivot).ShouldBe((batch.Value, pivot!.Value));
    }
}
