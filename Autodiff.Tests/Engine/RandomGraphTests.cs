using NUnit.Framework;

namespace Autodiff.Tests.Engine;

/// <summary>
/// Random programs of 10 to 200 scalar steps, whose intermediate results are used again and again: the sweep against forward mode
/// (the same formulas read over dual numbers), and against the same program over one-element tensors, the values bit for bit.
/// </summary>
[TestFixture]
public sealed class RandomGraphTests
{
    private const int Seed = 20260214, Leaves = 4;

    private readonly record struct Step(int Op, int A, int B, double Constant);

    [TestCase(1000)]
    [TestCase(10_000, Category = "Long")]
    public void ReverseEqualsForwardAndScalarsEqualTensors(int programs)
    {
        var random = new Random(Seed);
        using var tape = new Tape<double>();
        var bars = new double[Leaves];
        for (int program = 0; program < programs; program++)
        {
            Step[] steps = Draw(random);
            double[] x = [.. Enumerable.Range(0, Leaves).Select(_ => (4 * random.NextDouble()) - 2)];

            tape.Reset();
            Scalar<double>[] scalars = [.. x.Select(v => tape.Variable(v))];
            Scalar<double> y = Run(steps, scalars);
            double value = y.Value;
            Gradients<double> g = tape.Backward(y);
            for (int i = 0; i < Leaves; i++) bars[i] = g[scalars[i]];

            Variable<double>[] tensors = [.. x.Select(v => tape.Variable([v], [1]))];
            Variable<double> z = Run(steps, tensors);
            Gradients<double> h = tape.Backward(z);
            Same(z.Values[0], value, program, "value");

            // forward mode takes one leaf at a time: a different one each time
            int leaf = program % Leaves;
            Dual<One<double>>[] duals = [.. x.Select((v, j) => new Dual<One<double>>(new(v), new(leaf == j ? 1 : 0)))];
            Dual<One<double>> forward = Run(steps, duals);
            Same(forward.Value.Value, value, program, "value in forward mode");
            Paths[] paths = [.. x.Select((v, j) => new Paths(v, leaf == j ? 1 : 0))];

            // each path from x to y is a product of at most 200 factors, and their sum at most as many additions: (1 + u)^n in both directions
            double bound = 4 * steps.Length * Math.ScaleB(1, -52) * Run(steps, paths).Weight;
            Near(forward.Tangent.Value, bars[leaf], bound, program, $"gradient {leaf} forward and in reverse");

            // a product that was taken up by a sum and used once more is pulled in two parts on the scalar tape: bit for bit only the values are the same
            Near(h[tensors[leaf]][0], bars[leaf], bound, program, $"gradient {leaf} of tensors and of scalars");
        }
    }

    private static void Near(double a, double b, double bound, int program, string what)
    {
        if (!(Math.Abs(a - b) <= bound)) Assert.Fail($"seed {Seed}, program {program}, {what}: {a:R} and {b:R}, the bound is {bound:G3}");
    }

    private static void Same(double a, double b, int program, string what)
    {
        if (BitConverter.DoubleToInt64Bits(a) != BitConverter.DoubleToInt64Bits(b)) Assert.Fail($"seed {Seed}, program {program}, {what}: {a:R} and {b:R}");
    }

    private static Step[] Draw(Random random)
    {
        var steps = new Step[random.Next(10, 201)];
        for (int i = 0; i < steps.Length; i++)
        {
            // half of the operands are recent, so that the program is deep; the rest come from anywhere
            int Operand() => random.Next(2) == 0 ? Leaves + i - 1 - random.Next(Math.Min(i + 1, 3)) : random.Next(Leaves + i);
            steps[i] = new(random.Next(21), Math.Max(0, Operand()), Math.Max(0, Operand()), (2 * random.NextDouble()) - 1);
        }

        return steps;
    }

    private static R Run<R>(Step[] steps, R[] leaves) where R : struct, IReal<R>
    {
        var values = new R[leaves.Length + steps.Length];
        leaves.CopyTo(values, 0);
        for (int i = 0; i < steps.Length; i++)
        {
            (R a, R b, R c) = (values[steps[i].A], values[steps[i].B], R.Of(steps[i].Constant));
            values[leaves.Length + i] = steps[i].Op switch
            {
                0 => a + b,
                1 => a - b,
                2 => (a * b).Tanh(),              // products are brought back to size
                3 => a / (b.Square() + R.Of(1)),
                4 => -a,
                5 => a.Sin(),
                6 => a.Cos(),
                7 => a.Sigmoid(),
                8 => a.Softplus() * R.Of(0.25),
                9 => c * a,
                10 => a - c,
                11 => c - a,
                12 => c / (a.Square() + R.Of(0.5)),
                13 => a.Maximum(b),
                14 => a.LeakyRelu(0.1),
                15 => a * b,
                16 => a + (b * a),
                17 => (b * b) - a,
                18 => a - (a * b),
                19 => b + (a * c),
                _ => R.Apply<Where>(a.GreaterThan(b), a * R.Of(0.5), b.Tanh()),
            };
            if (i % 7 == 6) values[leaves.Length + i] = values[leaves.Length + i].Tanh();
        }

        return values[^1];
    }

    /// <summary>A number with Σ|∂yₚ/∂x| over all paths p from x: what the rounding of a derivative is measured by.</summary>
    private readonly record struct Paths(double Value, double Weight) : IReal<Paths>
    {
        public static Paths Of(double value) => new(value, 0);

        public static Paths operator +(Paths a, Paths b) => Apply<Add>(a, b);

        public static Paths operator -(Paths a, Paths b) => Apply<Subtract>(a, b);

        public static Paths operator *(Paths a, Paths b) => Apply<Multiply>(a, b);

        public static Paths operator /(Paths a, Paths b) => Apply<Divide>(a, b);

        public static Paths operator -(Paths x) => Apply<Negate>(x);

        public static Paths IfGreater(Paths a, Paths b, Paths then, Paths otherwise) => a.Value > b.Value ? then : otherwise;

        public static Paths IfEqual(Paths a, Paths b, Paths then, Paths otherwise) => a.Value == b.Value ? then : otherwise;

        public static Paths Apply<TOp>(Paths x) where TOp : struct, IUnary<TOp>
        {
            One<double> a = new(x.Value), y = TOp.Primal(a);
            return new(y.Value, x.Weight * Math.Abs(TOp.Partial(a, y).Value));
        }

        public static Paths Apply<TOp>(Paths x, Paths z) where TOp : struct, IBinary<TOp>
        {
            One<double> a = new(x.Value), b = new(z.Value), y = TOp.Primal(a, b);
            return new(y.Value, (x.Weight * Math.Abs(TOp.PartialA(a, b, y).Value)) + (z.Weight * Math.Abs(TOp.PartialB(a, b, y).Value)));
        }

        public static Paths Apply<TOp>(Paths x, Paths z, Paths w) where TOp : struct, ITernary<TOp>
        {
            One<double> a = new(x.Value), b = new(z.Value), c = new(w.Value), y = TOp.Primal(a, b, c);
            return new(y.Value, (x.Weight * Math.Abs(TOp.PartialA(a, b, c, y).Value)) + (z.Weight * Math.Abs(TOp.PartialB(a, b, c, y).Value))
                + (w.Weight * Math.Abs(TOp.PartialC(a, b, c, y).Value)));
        }
    }
}
