using NUnit.Framework;

namespace Autodiff.Tests.Rows;

/// <summary>
/// Random row functions over columns, outer scalars and constants, with products of every kind, folds, selections and branches: SumRows, MapRows and JacobianRows against
/// forward mode, row by row. Each bound is a running error analysis of that very program.
/// </summary>
[TestFixture]
public sealed class RandomRowTests
{
    private const int Seed = 20261125, Columns = 3, Outers = 2, Leaves = Columns + Outers;

    private readonly record struct Step(int Op, int A, int B, double Constant);

    /// <summary>What a program does beyond the algebra, for the kind of number it runs over.</summary>
    private readonly record struct Extras<R>(Func<R, R, bool> Greater, Func<R[], R[], R> Dot, Func<R, R, R, R> Fused);

    [TestCase(200)]
    [TestCase(2000, Category = "Long")]
    public void RowsGiveWhatForwardModeGives(int programs)
    {
        var random = new Random(Seed);
        using var tape = new Tape<double>();
        int unsure = 0;
        var ofScalars = new Extras<Scalar<double>>((a, b) => a > b, (a, b) => Scalar.Dot<double>(a, b), Scalar.FusedMultiplyAdd);
        for (int program = 0; program < programs; program++)
        {
            Step[] steps = Draw(random);
            int rows = 1 + (program % 37), outer = program % Outers, column = program % Columns;
            double[] data = Numbers(random, rows * Columns), u = Numbers(random, Outers);
            var measures = new (Rounded Value, Rounded ByOuter, Rounded ByColumn)[rows];
            bool isSure = true;
            for (int i = 0; i < rows; i++)
            {
                double[] x = [.. data[(i * Columns)..((i + 1) * Columns)], .. u];
                Dual<Rounded> byOuter = Forward(steps, x, Columns + outer, ref isSure), byColumn = Forward(steps, x, column, ref isSure);
                measures[i] = (byOuter.Value, byOuter.Tangent, byColumn.Tangent);
            }

            // a branch or a maximum whose operands are equal but for rounding may go either way; overflow has no bound
            if (!isSure)
            {
                unsure++;
                continue;
            }

            tape.Reset();
            Scalar<double>[] scalars = [.. u.Select(tape.Variable)];
            Scalar<double> Function(ReadOnlySpan<Scalar<double>> row) => Run(steps, [.. row, .. scalars], ofScalars);
            Scalar<double> sum = tape.SumRows(data, Columns, Function);
            Variable<double> v = tape.Variable(data, [rows, Columns]), map = tape.MapRows(v, Function);
            double[] values = new double[rows], jacobian = new double[data.Length];
            tape.JacobianRows(data, Columns, 1, (row, y) => y[0] = Function(row), values, jacobian);
            Gradients<double> g = tape.Backward(sum), h = tape.Backward(map.Sum());
            double[] rowBars = h[v].ToArray();
            string at = $"seed {Seed}, program {program}, {rows} rows";
            for (int i = 0; i < rows; i++)
            {
                Near(map.Values[i], measures[i].Value, $"{at}, value {i}");
                Near(values[i], measures[i].Value, $"{at}, value {i} of Jacobians");
                Near(rowBars[(i * Columns) + column], measures[i].ByColumn, $"{at}, gradient by column {column} of row {i}");
                Near(jacobian[(i * Columns) + column], measures[i].ByColumn, $"{at}, Jacobian by column {column} of row {i}");
            }

            Near(sum.Value, Total(measures.Select(m => m.Value)), $"{at}, the sum");
            Near(g[scalars[outer]], Total(measures.Select(m => m.ByOuter)), $"{at}, gradient by outer {outer}");
            Near(h[scalars[outer]], Total(measures.Select(m => m.ByOuter)), $"{at}, the map's gradient by outer {outer}");
        }

        Assert.That(unsure, Is.LessThan(programs / 10), "programs that had to be left out");
    }

    private static Dual<Rounded> Forward(Step[] steps, double[] x, int seed, ref bool isSure)
    {
        Rounded.IsSure = true;
        var ofDuals = new Extras<Dual<Rounded>>(
            (a, b) => Rounded.Greater(a.Value, b.Value),
            (a, b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]),
            (a, b, c) => (a * b) + c);
        Dual<Rounded> y = Run(steps, [.. x.Select((v, j) => new Dual<Rounded>(Rounded.Exact(v), Rounded.Exact(j == seed ? 1 : 0)))], ofDuals);
        isSure &= Rounded.IsSure && y.Value.IsFinite && y.Tangent.IsFinite;
        return y;
    }

    private static Rounded Total(IEnumerable<Rounded> terms)
    {
        Rounded[] all = [.. terms];
        double magnitude = all.Sum(t => Math.Abs(t.Value));
        return new(all.Sum(t => t.Value), all.Sum(t => t.Error) + (all.Length * Rounded.Unit * magnitude), magnitude);
    }

    // two computations, each with its own rounding; reverse mode adds the paths in another order than forward mode: their magnitudes count
    private static void Near(double got, Rounded expected, string what)
    {
        double bound = (4 * expected.Error) + (256 * Rounded.Unit * expected.Magnitude);
        if (!(Math.Abs(got - expected.Value) <= bound)) Assert.Fail($"{what}: {got:R} and {expected.Value:R}, the bound is {bound:G3}");
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (4 * random.NextDouble()) - 2)];

    private static Step[] Draw(Random random)
    {
        var steps = new Step[random.Next(4, 60)];
        for (int i = 0; i < steps.Length; i++)
        {
            int Operand() => random.Next(2) == 0 ? Math.Max(0, Leaves + i - 1 - random.Next(3)) : random.Next(Leaves + i);
            steps[i] = new(random.Next(24), Operand(), Operand(), (2 * random.NextDouble()) - 1);
        }

        return steps;
    }

    private static R Run<R>(Step[] steps, R[] leaves, Extras<R> extras) where R : struct, IReal<R>
    {
        var values = new R[leaves.Length + steps.Length];
        leaves.CopyTo(values, 0);
        for (int i = 0; i < steps.Length; i++)
        {
            (R a, R b, R c, R last) = (values[steps[i].A], values[steps[i].B], R.Of(steps[i].Constant), values[leaves.Length + i - 1]);
            bool same = steps[i].A == steps[i].B;
            values[leaves.Length + i] = (same && steps[i].Op is 10 or 11 or 12 ? 0 : steps[i].Op) switch
            {
                0 => a + b,
                1 => a - b,
                2 => (a * b).Tanh(),
                3 => a / (b.Square() + R.Of(1)),
                4 => a.Sin() - b,
                5 => a.Exp().Sigmoid() + (a * b).Cos(),
                6 => c * a,
                7 => c - a,
                8 => a + c,
                9 => c / (a.Square() + R.Of(0.5)),
                10 => a.Maximum(b),
                11 => R.Apply<Where>(a.GreaterThan(b), a * R.Of(0.5), b.Tanh()),
                12 => extras.Greater(a, b) ? (a * c) + b : b.Sigmoid(),
                13 => a * b,
                14 => a + (b * last),
                15 => (b * last) - a,
                16 => a - (a * b),
                17 => b + (a * c),
                18 => extras.Dot([a, b, c], [last, a, b]),
                19 => extras.Fused(a, b, last),
                20 => last + (a * a) + (b * b),
                21 => a.Tanh() + b + (last * a),
                22 => last - a - b,
                _ => -(a * b) + last,
            };
            if (i % 5 == 4) values[leaves.Length + i] = values[leaves.Length + i].Tanh();
        }

        return values[^1];
    }
}
