using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>
/// The laws inside rows: every elementwise op gives in a row function the bits that it gives over a tensor, in value and gradient, at ordinary and special numbers; and with
/// scalars from outside and constants among its operands what a loop of scalars gives.
/// </summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class RowLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Seed = 41;

    private static readonly T Unit = typeof(T) == typeof(double) ? T.CreateTruncating(Math.ScaleB(1, -53)) : T.CreateTruncating(Math.ScaleB(1, -24));

    private static IEnumerable<TestCaseData> Ops => Catalog.Elementwise.Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    // two steps in one are rounded once in a row and twice elsewhere: those are held to the loop alone
    private static IEnumerable<TestCaseData> RoundedAlike
        => Catalog.Elementwise.Where(op => op != typeof(MultiplyAdd) && op != typeof(MultiplySubtract)).Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(RoundedAlike))]
    public void ARowGivesTheBitsOfATensor(Type op)
    {
        foreach (int rows in new[] { 1, 17, 70 }) Compare(op, rows, Special(op, rows));
        Compare(op, 33, Ordinary(op, 33));
    }

    [TestCaseSource(nameof(Ops))]
    public void ScalarsFromOutsideAndConstantsGiveWhatALoopGives(Type op)
    {
        int arity = Arity(op), rows = 37;
        T[] data = Ordinary(op, rows), fixedNumbers = [.. Enumerable.Range(0, arity).Select(k => data[k])];
        for (int kinds = 0; kinds < Power(3, arity); kinds++)
        {
            // 0: of the row; 1: a scalar of the tape; 2: a constant; at least one is of the row
            int[] kind = [.. Enumerable.Range(0, arity).Select(k => kinds / Power(3, k) % 3)];
            if (!kind.Contains(0)) continue;
            using var tape = new Tape<T>();
            Scalar<T>[] outside = [.. fixedNumbers.Select(tape.Variable)];
            Scalar<T> Term(ReadOnlySpan<Scalar<T>> row)
            {
                var x = new Scalar<T>[arity];
                for (int k = 0; k < arity; k++) x[k] = kind[k] == 0 ? row[k] : kind[k] == 1 ? outside[k] : fixedNumbers[k];
                return Apply(op, x);
            }

            Scalar<T> sum = tape.SumRows(data, arity, Term);
            Gradients<T> got = tape.Backward(sum);
            T[] bars = [.. outside.Select(u => got[u])], largest = new T[arity + 1], expected = new T[arity + 1];
            for (int i = 0; i < rows; i++)
            {
                Scalar<T>[] row = [.. data.AsSpan(i * arity, arity).ToArray().Select(v => (Scalar<T>)v)];
                Scalar<T> term = Term(row);
                Add(arity, term.Value);
                if (term.IsConstant) continue;
                Gradients<T> one = tape.Backward(term);
                for (int k = 0; k < arity; k++) Add(k, one[outside[k]]);
            }

            // each term is within a few units of its own (a fused product), and the sums of 37 are taken in another order
            for (int k = 0; k <= arity; k++)
            {
                T value = k == arity ? sum.Value : bars[k], bound = T.CreateTruncating(rows + 4) * Unit * largest[k];
                Assert.That(T.Abs(value - expected[k]) <= bound, $"{op.Name}, operands {string.Join(", ", kind)}, {(k == arity ? "value" : $"gradient {k}")}: {value}, the loop has {expected[k]}, the bound is {bound}");
            }

            void Add(int k, T x) => (expected[k], largest[k]) = (expected[k] + x, largest[k] + T.Abs(x));
        }
    }

    private static void Compare(Type op, int rows, T[] data)
    {
        int arity = Arity(op);
        var random = new Random(Seed);
        T[] bar = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) == 0 ? T.Zero : T.CreateTruncating(random.NextDouble() - 0.5))];
        using var tape = new Tape<T>();
        Variable<T> x = tape.Variable(data, [rows, arity]);
        Variable<T>[] columns = [.. Enumerable.Range(0, arity).Select(k => tape.Variable(Enumerable.Range(0, rows).Select(i => data[(i * arity) + k]).ToArray(), [rows]))];
        Variable<T> y = tape.MapRows(x, row => Apply(op, row.ToArray())), expected = Apply(op, columns);
        Near.AssertSame(y.Values, expected.Values, $"{op.Name}, {rows} rows, values");
        T[] got = tape.Backward(y, bar)[x].ToArray();
        Gradients<T> g = tape.Backward(expected, bar);
        for (int k = 0; k < arity; k++)
            Near.AssertSame([.. Enumerable.Range(0, rows).Select(i => got[(i * arity) + k])], g[columns[k]], $"{op.Name}, {rows} rows, gradient {k}");
    }

    private static T[] Special(Type op, int rows)
    {
        var random = new Random(Seed + rows);
        double[] numbers = [0, -0.0, 1, -1, 2, 0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e-30, 700, -700, 90, 1e30, 0.3, -2.5];
        return [.. Enumerable.Range(0, rows * Arity(op)).Select(_ => T.CreateTruncating(numbers[random.Next(numbers.Length)]))];
    }

    // from the op's domain, row by row
    private static T[] Ordinary(Type op, int rows)
    {
        Domain[] domains = (Domain[])Catalog.Call(typeof(RowLaws<T>), Arity(op) == 1 ? nameof(One) : Arity(op) == 2 ? nameof(Two) : nameof(Three), [op])!;
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, rows).SelectMany(_ => domains).Select(d => T.CreateTruncating(d.Draw(random)))];
    }

    private static Domain[] One<TOp>() where TOp : struct, IUnary<TOp> => [TOp.Domain];

    private static Domain[] Two<TOp>() where TOp : struct, IBinary<TOp> => [TOp.Domain.A, TOp.Domain.B];

    private static Domain[] Three<TOp>() where TOp : struct, ITernary<TOp> => [TOp.Domain.A, TOp.Domain.B, TOp.Domain.C];

    private static int Arity(Type op) => Catalog.Is(op, typeof(IUnary<>)) ? 1 : Catalog.Is(op, typeof(IBinary<>)) ? 2 : 3;

    private static int Power(int x, int n) => n == 0 ? 1 : x * Power(x, n - 1);

    private static R Apply<R>(Type op, R[] x) where R : struct, IReal<R> => (R)Catalog.Call(typeof(RowLaws<T>), $"Applied{x.Length}", [op, typeof(R)], [x])!;

    private static R Applied1<TOp, R>(R[] x) where TOp : struct, IUnary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0]);

    private static R Applied2<TOp, R>(R[] x) where TOp : struct, IBinary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0], x[1]);

    private static R Applied3<TOp, R>(R[] x) where TOp : struct, ITernary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0], x[1], x[2]);
}
