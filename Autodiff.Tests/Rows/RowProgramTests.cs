using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests.Rows;

/// <summary>Ordinary functions of a row against the loop: sums, maps and Jacobians, values and gradients by the data and by scalars from outside.</summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class RowProgramTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Columns = 4;

    private static T K(double x) => T.CreateTruncating(x);

    private static IEnumerable<TestCaseData> Programs()
    {
        yield return Case("a residual", (x, u) => ((u[0] * x[0]) + (u[1] * x[1]) - x[2]).Square());
        yield return Case("logistic", (x, u) => ((u[0] * x[0]) + (u[1] * x[1]) + u[2]).Softplus() - (x[3] * u[0]));
        yield return Case("a column", (x, u) => x[2]);
        yield return Case("an outer scalar", (x, u) => u[1]);
        yield return Case("what depends on outer scalars alone", (x, u) => (u[0] * u[1]).Exp() + u[2]);
        yield return Case("a constant", (x, u) => K(2.5));
        yield return Case("unused columns", (x, u) => x[3].Sin() * u[0]);
        yield return Case("dead steps", (x, u) => { _ = (x[0] * u[0]).Exp(); _ = x[1] / x[2]; return x[1] * u[1]; });
        yield return Case("uniform steps among others", (x, u) => (x[0] * u[0].Exp()) + (u[1] * u[2]) - (x[1] * (u[0] * u[2]).Tanh()));
        yield return Case("exp accumulated", (x, u) => x[0].Exp() + (x[1] * u[0]) + x[2]);
        yield return Case("tanh accumulated", (x, u) => (x[0] * u[1]).Tanh() - (x[1] * x[2]));
        yield return Case("a quotient accumulated", (x, u) => (x[0] / (u[0] + K(3))) + (x[1] * x[1]));
        yield return Case("a sum used twice", (x, u) => { Scalar<T> c = x[0] + x[1], d = c + (x[2] * u[0]); return c * d; });
        yield return Case("differences of differences used twice", (x, u) => { Scalar<T> c = x[0] - x[1], d = c - x[2]; return c * d * u[0]; });
        yield return Case("differences from a sum used twice", (x, u) => { Scalar<T> c = x[0] + x[1], d = x[2] + c; return c * d; });
        yield return Case("products on top of each other", (x, u) => { Scalar<T> c = x[0] + (x[1] * x[2]), d = x[3] + (c * x[0]); return c * d; });
        yield return Case("a difference within a difference", (x, u) => { Scalar<T> c = x[0] - x[1], d = x[2] - c; return c * d; });
        yield return Case("a·a + a", (x, u) => (x[0] * x[0]) + x[0]);
        yield return Case("a − a·a", (x, u) => x[0] - (x[0] * x[0]));
        yield return Case("a product used again", (x, u) => { Scalar<T> m = x[0] * x[1], s = x[2] + m, t = x[3] - m; return s * t; });
        yield return Case("m + m and m·m", (x, u) => { Scalar<T> m = x[0] * u[0]; return (m + m) + (m * m); });
        yield return Case("squares", (x, u) => x[0].Square() + (x[1] * x[1]) + (x[2] * x[2]) + (x[3] * x[3]));
        yield return Case("squares of differences", (x, u) => { Scalar<T> s = K(0); for (int c = 0; c < Columns; c++) { Scalar<T> d = x[c] - u[c % 3]; s += d * d; } return s; });
        yield return Case("a long sum", (x, u) => { Scalar<T> s = x[0]; for (int i = 0; i < 40; i++) s += x[i % Columns] * u[i % 3]; return s; });
        yield return Case("a long difference", (x, u) => { Scalar<T> s = x[0]; for (int i = 0; i < 9; i++) s -= x[i % Columns] * u[i % 3]; return s.Tanh(); });
        yield return Case("sums of outer scalars", (x, u) => { Scalar<T> s = x[0].Sin(); for (int i = 0; i < 9; i++) s += u[i % 3]; return s * x[1]; });
        yield return Case("a chain", (x, u) => { Scalar<T> y = x[0]; for (int i = 0; i < 6; i++) y = ((y * u[0]) + x[1]).Tanh(); return y; });
        yield return Case("constants of every kind", (x, u) => (K(2) * x[0]) + (K(1) / (x[1].Square() + K(1))) - (K(3) - x[2]) + (x[3] / K(4)) - K(5));
        yield return Case("fused products", (x, u) => Scalar.FusedMultiplyAdd(x[0], u[0], x[1]) * Scalar.FusedMultiplyAdd(u[1], u[2], x[2]));
        yield return Case("folds", (x, u) => Scalar.Dot<T>(x[..3], u) + Scalar.Norm<T>(x) + Scalar.LogSumExp<T>([x[0], u[0], x[1]]) + Scalar.Sum<T>(u) + Scalar.SumOfSquares<T>(x));
        yield return Case("folds with numbers", (x, u) => Scalar.Dot<T>(x[..2], [K(2), K(3)]) * Scalar.Dot<T>([K(1), K(0.5)], x[2..]));
        yield return Case("selections", (x, u) => x[0].Maximum(x[1] * u[0]) + x[2].Minimum(u[1]) + x[3].Abs() + Scalar<T>.Apply<Where>(x[0].GreaterThan(x[2]), x[1], u[2] * x[3]));
        yield return Case("the greatest first", (x, u) => { Scalar<T> s = (x[0] + u[0]).Exp(), t = s + x[1]; return t.Log1() + (s * x[2]); });

        static TestCaseData Case(string name, OfRow<T> f) => new TestCaseData(f).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Programs))]
    public void GiveWhatTheLoopGives(Delegate f)
    {
        // one row, part of a block, exactly one, one more, several parts
        foreach (int rows in (int[])[1, 7, 16, 33, 130, 1100])
        {
            // away from kinks and poles, and with neither sign alone
            T[] data = Loop<T>.Draw(rows * Columns, rows);
            new Loop<T> { Data = data, Columns = Columns, Outer = [K(0.7), K(-0.4), K(1.1)], F = (OfRow<T>)f }.Compare($"{rows} rows", 256);
        }
    }
}

internal static class Logarithms
{
    /// <summary>log(x + 2), for sums that are never below −1.</summary>
    public static Scalar<T> Log1<T>(this Scalar<T> x) where T : unmanaged, IFloatingPointIeee754<T> => (x + T.CreateTruncating(2)).Log();
}
