using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>
/// Law 12: inside a row function every elementwise op is itself: over lanes it gives the bits of the tensor, with outer scalars and constants the sums of the loop,
/// and its second derivative.
/// </summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class RowLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Seed = 50;

    private static readonly double Unit = typeof(T) == typeof(double) ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);

    private static readonly T[] Special =
        [.. new[] { 0, -0.0, 1, -1, 0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e30, -1e30, 1e-30, 1e-310, 700, -90 }.Select(T.CreateTruncating)];

    private static IEnumerable<TestCaseData> Ops => Catalog.Elementwise.Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(Ops))]
    public void AMapOverRowsEqualsTheTensorBitForBit(Type op)
    {
        Domain[] domains = Domains(op);
        int arity = domains.Length;
        var random = new Random(Seed);
        foreach (int rows in (int[])[1, 15, 16, 17, 33, 70])
        {
            foreach (bool special in (bool[])[false, true])
            {
                T[] x = [.. Enumerable.Range(0, rows * arity).Select(i => special && random.Next(2) == 0 ? Special[random.Next(Special.Length)] : T.CreateTruncating(domains[i % arity].Draw(random)))];
                T[] seeds = [.. Enumerable.Range(0, rows).Select(i => random.Next(4) == 0 ? T.Zero : T.CreateTruncating(random.NextDouble() - 0.5))];
                using var tape = new Tape<T>();
                Variable<T> data = tape.Variable(x, [rows, arity]), y = tape.MapRows(data, row => Apply(op, row));
                Variable<T>[] columns = [.. Enumerable.Range(0, arity).Select(c => tape.Variable([.. Enumerable.Range(0, rows).Select(i => x[(i * arity) + c])], [rows]))];
                Variable<T> z = Tensor(op, columns);
                Gradients<T> g = tape.Backward(y, seeds), h = tape.Backward(z, seeds);
                string at = $"{rows} rows, special {special}";
                if (IsFused(op)) Near.Assert(y.Values, Finite(z.Values, y.Values), $"values, {at}", 4);
                else Near.AssertSame(y.Values, z.Values, $"values, {at}");
                T[] bars = [.. Enumerable.Range(0, rows * arity).Select(i => h[columns[i % arity]][i / arity])];
                Near.AssertSame<T>(g[data], bars, $"gradient, {at}");
            }
        }
    }

    [TestCaseSource(nameof(Ops))]
    public void ASumWithOuterScalarsAndConstantsIsThatOfTheLoop(Type op)
    {
        Domain[] domains = Domains(op);
        int arity = domains.Length, rows = 37;
        var random = new Random(Seed + 1);
        for (int kinds = 0; kinds < Math.Pow(3, arity); kinds++)
        {
            // each operand is the row's number, an outer scalar or a constant
            int Kind(int k) => kinds / (int)Math.Pow(3, k) % 3;
            T[] x = [.. Enumerable.Range(0, rows * arity).Select(i => T.CreateTruncating(domains[i % arity].Draw(random)))];
            T[] fix = [.. domains.Select(d => T.CreateTruncating(d.Draw(random)))];
            using var tape = new Tape<T>();
            Scalar<T>[] outer = [.. fix.Select(tape.Variable)];
            Scalar<T> Row(ReadOnlySpan<Scalar<T>> row)
            {
                var operands = new Scalar<T>[arity];
                for (int k = 0; k < arity; k++) operands[k] = Kind(k) == 0 ? row[k] : Kind(k) == 1 ? outer[k] : fix[k];
                return Apply(op, operands);
            }

            Scalar<T> sum = tape.SumRows(x, arity, Row);
            Gradients<T> g = tape.Backward(sum);
            double value = 0, size = 0;
            double[] bars = new double[arity], sizes = new double[arity];
            for (int i = 0; i < rows; i++)
            {
                Scalar<T> y = Row([.. x.AsSpan(i * arity, arity).ToArray().Select(tape.Variable)]);
                Add(y.Value, ref value, ref size);
                if (y.IsConstant) continue;
                Gradients<T> h = tape.Backward(y);
                for (int k = 0; k < arity; k++) Add(h[outer[k]], ref bars[k], ref sizes[k]);
            }

            // the terms are the same but for a fused product; each of the additions rounds the sum of magnitudes once
            Check(sum.Value, value, size, $"the sum, kinds {kinds}");
            for (int k = 0; k < arity; k++) Check(g[outer[k]], bars[k], sizes[k], $"gradient by operand {k}, kinds {kinds}");
        }

        static void Add(T term, ref double total, ref double magnitude)
        {
            total += double.CreateTruncating(term);
            magnitude += Math.Abs(double.CreateTruncating(term));
        }

        void Check(T got, double expected, double size, string what)
            => Assert.That(double.CreateTruncating(got), Is.EqualTo(expected).Within((rows + 4) * Unit * size), what);
    }

    [TestCaseSource(nameof(Ops))]
    public void SecondOrderIsThatOfTheLoop(Type op)
    {
        // the last operand comes from outside, the others are the row's; of a condition there is no derivative
        Domain[] domains = Domains(op);
        int arity = domains.Length, rows = 3, own = arity - 1;
        var random = new Random(Seed + 2);
        T[] x = [.. Enumerable.Range(0, rows * arity).Select(i => T.CreateTruncating(domains[i % arity].Draw(random)))];
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(T.CreateTruncating(domains[own].Draw(random)));
        Variable<T> data = tape.Variable(x, [rows, arity]);
        Scalar<T> Row(ReadOnlySpan<Scalar<T>> row)
        {
            Scalar<T>[] operands = [.. row[..own], u];
            return Apply(op, operands) * row[own];
        }

        Scalar<T> loop = tape.Variable(T.Zero);
        for (int i = 0; i < rows; i++)
        {
            int at = i;
            loop += Row([.. Enumerable.Range(0, arity).Select(k => data[at, k])]);
        }

        Scalar<T> byRows = tape.SumRows(x, arity, Row), byMap = tape.MapRows(data, Row).Sum();
        foreach (Scalar<T> rowsOnce in (Scalar<T>[])[byRows, byMap])
        {
            Scalar<T> d = tape.Gradient(rowsOnce, u), e = tape.Gradient(loop, u);
            Same(d.Value, e.Value, "first order");
            if (d.IsConstant || e.IsConstant) continue;
            Same(tape.Backward(d)[u], tape.Backward(e)[u], "second order");
        }

        Variable<T> dx = tape.Gradient(byMap, data), ex = tape.Gradient(loop, data);
        Near.Assert(dx.Values, ex.Values, "gradient by the data", 64);
        Gradients<T> g = tape.Backward(dx.Sum()), h = tape.Backward(ex.Sum());
        Near.Assert(g[data], h[data], "second order by the data", 256);
        Same(g[u], h[u], "second order, mixed");

        void Same(T got, T expected, string what) => Near.Assert<T>([got, T.One], [expected, T.One], what, 256);
    }

    private static bool IsFused(Type op) => op == typeof(MultiplyAdd) || op == typeof(MultiplySubtract);

    // where the product alone leaves the range, fused and not fused differ
    private static ReadOnlySpan<T> Finite(ReadOnlySpan<T> unfused, ReadOnlySpan<T> fused)
    {
        T[] result = unfused.ToArray();
        for (int i = 0; i < result.Length; i++)
            if (!T.IsFinite(result[i]) && T.IsFinite(fused[i]) && T.Abs(fused[i]) > T.CreateTruncating(1e25)) result[i] = fused[i];
        return result;
    }

    private static Domain[] Domains(Type op) => op.GetProperty("Domain")!.GetValue(null) switch
    {
        Domain d => [d],
        ValueTuple<Domain, Domain> d => [d.Item1, d.Item2],
        ValueTuple<Domain, Domain, Domain> d => [d.Item1, d.Item2, d.Item3],
        _ => throw new NotSupportedException(op.Name),
    };

    private static Scalar<T> Apply(Type op, ReadOnlySpan<Scalar<T>> x)
        => (Scalar<T>)Catalog.Call(typeof(RowLaws<T>), x.Length switch { 1 => nameof(Of1), 2 => nameof(Of2), _ => nameof(Of3) }, [op, typeof(Scalar<T>)], [x.ToArray()])!;

    private static Variable<T> Tensor(Type op, Variable<T>[] x)
        => (Variable<T>)Catalog.Call(typeof(RowLaws<T>), x.Length switch { 1 => nameof(Of1), 2 => nameof(Of2), _ => nameof(Of3) }, [op, typeof(Variable<T>)], [x])!;

    private static R Of1<TOp, R>(R[] x) where TOp : struct, IUnary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0]);

    private static R Of2<TOp, R>(R[] x) where TOp : struct, IBinary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0], x[1]);

    private static R Of3<TOp, R>(R[] x) where TOp : struct, ITernary<TOp> where R : struct, IReal<R> => R.Apply<TOp>(x[0], x[1], x[2]);
}
