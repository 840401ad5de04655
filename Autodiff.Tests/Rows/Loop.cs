using System.Numerics;

namespace Autodiff.Tests.Rows;

/// <summary>A function of one row and of scalars from outside.</summary>
internal delegate Scalar<T> OfRow<T>(ReadOnlySpan<Scalar<T>> row, Scalar<T>[] outer) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>What a row function gives, each way: the loop of ordinary scalars is the measure of SumRows, MapRows and JacobianRows.</summary>
internal sealed class Loop<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public required T[] Data { get; init; }

    public required int Columns { get; init; }

    public required T[] Outer { get; init; }

    public required OfRow<T> F { get; init; }

    public int Rows => Data.Length / Columns;

    public static T[] Draw(int count, int seed, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(scale * ((2 * random.NextDouble()) - 1)))];
    }

    /// <summary>Everything of each row: its value, the derivatives by outer scalars and by its numbers.</summary>
    public (T[] Values, T[][] OuterBars, T[][] RowBars) Each()
    {
        using var tape = new Tape<T>();
        Scalar<T>[] outer = [.. Outer.Select(tape.Variable)];
        TapeMark mark = tape.Mark();
        T[] values = new T[Rows];
        T[][] outerBars = new T[Rows][], rowBars = new T[Rows][];
        for (int i = 0; i < Rows; i++)
        {
            Scalar<T>[] row = [.. Data.AsSpan(i * Columns, Columns).ToArray().Select(tape.Variable)];
            Scalar<T> y = F(row, outer);
            if (y.IsConstant) y += tape.Variable(T.Zero);
            values[i] = y.Value;
            Gradients<T> g = tape.Backward(y);
            outerBars[i] = [.. outer.Select(x => g[x])];
            rowBars[i] = [.. row.Select(x => g[x])];
            tape.Rewind(mark);
        }

        return (values, outerBars, rowBars);
    }

    /// <summary>
    /// Compares all three with the loop. A program of some ten operations without cancellation rounds each row's terms by some ten units in the last place
    /// (<paramref name="units"/>); sums over the rows add one for each row, on the sum of magnitudes.
    /// </summary>
    public void Compare(string what, double units = 32)
    {
        (T[] values, T[][] outerBars, T[][] rowBars) = Each();
        T[] seeds = Draw(Rows, 77);
        if (Rows > 2) seeds[1] = T.Zero;
        using var tape = new Tape<T>();
        Scalar<T>[] outer = [.. Outer.Select(tape.Variable)];
        Scalar<T> sum = tape.SumRows(Data, Columns, row => F(row, outer));
        Sum(sum.Value, values, $"{what}: the sum");
        Gradients<T> g = tape.Backward(sum);
        for (int k = 0; k < outer.Length; k++) Sum(g[outer[k]], [.. outerBars.Select(b => b[k])], $"{what}: the sum's gradient by outer {k}");

        Variable<T> data = tape.Variable(Data, [Rows, Columns]), map = tape.MapRows(data, row => F(row, outer)), plain = tape.MapRows(Data, Columns, row => F(row, outer));
        One(map.Values, values, $"{what}: values");
        Autodiff.Tests.Near.AssertSame<T>(plain.Values, map.Values, $"{what}: values of constant data");
        g = tape.Backward(map, seeds);
        T[] pulled = g[data].ToArray();
        Gradients<T> h = tape.Backward(plain, seeds);
        for (int k = 0; k < outer.Length; k++)
        {
            T[] terms = [.. outerBars.Select((b, i) => seeds[i] == T.Zero ? T.Zero : seeds[i] * b[k])];
            Sum(g[outer[k]], terms, $"{what}: the map's gradient by outer {k}");
            Sum(h[outer[k]], terms, $"{what}: the map's gradient by outer {k}, constant data");
        }

        T[] results = new T[Rows], jacobian = new T[Data.Length];
        tape.JacobianRows(Data, Columns, 1, (row, y) => y[0] = F(row, outer), results, jacobian);
        Autodiff.Tests.Near.AssertSame<T>(results, map.Values, $"{what}: values of the Jacobian");
        for (int i = 0; i < Rows; i++)
        {
            One(jacobian.AsSpan(i * Columns, Columns), rowBars[i], $"{what}: Jacobian of row {i}");
            One(pulled.AsSpan(i * Columns, Columns), [.. rowBars[i].Select(b => seeds[i] == T.Zero ? T.Zero : seeds[i] * b)], $"{what}: gradient by row {i}");
        }

        void Sum(T got, T[] terms, string name)
        {
            double expected = terms.Sum(double.CreateTruncating), magnitude = terms.Sum(t => Math.Abs(double.CreateTruncating(t)));
            Check(double.CreateTruncating(got), expected, (units + Rows) * magnitude, name);
        }

        void One(ReadOnlySpan<T> got, ReadOnlySpan<T> expected, string name)
        {
            double largest = 1;   // numbers of size 1: what cancels does not leave less than their rounding
            foreach (T x in expected) if (T.IsFinite(x)) largest = Math.Max(largest, Math.Abs(double.CreateTruncating(x)));
            for (int i = 0; i < got.Length; i++) Check(double.CreateTruncating(got[i]), double.CreateTruncating(expected[i]), units * largest, $"{name}, at {i}");
        }
    }

    private static void Check(double got, double expected, double bound, string name)
    {
        bound *= typeof(T) == typeof(double) ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);
        if (got.Equals(expected) || Math.Abs(got - expected) <= bound) return;
        NUnit.Framework.Assert.Fail($"{name}: {got:R}, the loop gives {expected:R}, the bound is {bound:G3}");
    }
}
