using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Generic;

/// <summary>.NET's functions in a function of one row: it is recorded once for each path, so that none may read a value.</summary>
[TestFixture]
public sealed class RowFunctionTests
{
    private const int Rows = 50;

    private static IEnumerable<string> Names => NumberFunctions.Of<double>().Keys;

    [TestCaseSource(nameof(Names))]
    public void SumsOverRowsAreThoseOfALoop(string name)
    {
        int arity = NumberFunctions.Arity(name);
        var random = new Random(3);
        foreach ((double from, double to) in new[] { (0.1, 0.9), (1.1, 2.9), (-0.9, 0.9) })
        {
            double[] data = [.. Enumerable.Range(0, Rows * arity).Select(_ => from + ((to - from) * random.NextDouble()))];
            (data[0], data[^1]) = (from < 0 ? -0.0 : from, from < 0 ? 0.0 : to);
            foreach (Func<Scalar<double>[], Scalar<double>> f in NumberFunctions.Of<Scalar<double>>()[name])
            {
                using var tape = new Tape<double>();
                Scalar<double>[] shift = [.. Enumerable.Range(0, arity).Select(_ => tape.Variable(0.0))];
                Scalar<double> sum = tape.SumRows(data, arity, row => f([.. row.ToArray().Select((x, k) => x + shift[k])])), loop = 0;
                double size = 1;
                for (int i = 0; i < Rows; i++)
                {
                    Scalar<double> y = f([.. Enumerable.Range(0, arity).Select(k => data[(i * arity) + k] + shift[k])]);
                    (loop, size) = (loop + y, size + (double.IsFinite(y.Value) ? Math.Abs(y.Value) : 0));
                }

                // the rows' products are fused and summed in the order of the lanes
                Near(sum.Value, loop.Value, size, name);
                Gradients<double> g = tape.Backward(sum), expected = tape.Backward(loop);
                for (int k = 0; k < arity; k++) Near(g[shift[k]], expected[shift[k]], size * 100, $"{name} by {k}");
            }
        }
    }

    [Test]
    public void QuestionsThatComparisonsAnswerChooseThePath()
    {
        double[] data = [1, -2, double.NaN, 0, double.PositiveInfinity, double.NegativeInfinity, -0.0, 3];
        using var tape = new Tape<double>();
        tape.SumRows(data, 1, row => Code(row[0])).Value.ShouldBe(data.Sum(Code));
        Should.Throw<InvalidOperationException>(() => tape.SumRows(data, 1, row => double.IsEvenInteger(row[0].Value) ? row[0] : 0));

        // a sum of powers of two: which questions were answered by yes, and how often
        static T Code<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T>
        {
            bool[] answers =
            [
                T.IsNaN(x), T.IsNegative(x) && !T.IsNaN(x), T.IsFinite(x), T.IsInfinity(x), T.IsPositiveInfinity(x), T.IsNegativeInfinity(x), T.IsZero(x), T.IsRealNumber(x),
                !T.IsNaN(x) && T.Sign(x) > 0, x == T.One, x != T.One, x.Equals(T.NaN), x.CompareTo(T.Zero) > 0,
            ];
            return T.CreateChecked(answers.Select((yes, i) => yes ? 1L << (4 * i) : 0).Sum());
        }
    }

    private static void Near(double got, double expected, double size, string at)
    {
        if (double.IsFinite(expected)) got.ShouldBe(expected, 1e-13 * size, at);
        else double.IsFinite(got).ShouldBeFalse($"{at}: {got}, in a loop {expected}");
    }
}
