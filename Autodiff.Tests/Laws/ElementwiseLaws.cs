using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Laws 7 and 8, and that a zero cotangent contributes zero: what elementwise ops have beside the other laws.</summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class ElementwiseLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Seed = 30, ShapeSets = 40;

    private static readonly T[] Edges = [.. new[] { 0, -0.0, 1, -1, 0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e30, 1e-30 }.Select(T.CreateTruncating)];

    private static IEnumerable<TestCaseData> Ops => Catalog.Elementwise.Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(Ops))]
    public void AScalarEqualsATensorOfOneElementBitForBit(Type op) => Catalog.Call(typeof(ElementwiseLaws<T>), nameof(ScalarEqualsTensor), [Catalog.Adapter(op)], op);

    [TestCaseSource(nameof(Ops))]
    public void ShapesBroadcastAsDefined(Type op) => Catalog.Call(typeof(ElementwiseLaws<T>), nameof(Broadcasts), [Catalog.Adapter(op)], op);

    [TestCaseSource(nameof(Ops))]
    public void AZeroCotangentContributesZero(Type op) => Catalog.Call(typeof(ElementwiseLaws<T>), nameof(ZeroContributesZero), [Catalog.Adapter(op)]);

    [TestCaseSource(nameof(Ops))]
    public void ANaNCotangentComesThroughInBothSweepsOrInNone(Type op) => Catalog.Call(typeof(ElementwiseLaws<T>), nameof(NaNComesThrough), [Catalog.Adapter(op)], op);

    [TestCaseSource(nameof(Ops))]
    public void DualNumbersGiveTheSameDerivative(Type op) => Catalog.Call(typeof(ElementwiseLaws<T>), nameof(Duals), [Catalog.Adapter(op)], op);

    private static void ScalarEqualsTensor<E>(Type op) where E : struct, IElementwise
    {
        Domain[] domains = Domains(op);
        var random = new Random(Seed);
        for (int trial = 0; trial < 50; trial++)
        {
            // half of the numbers from the domain, half from the edges
            T[] x = [.. domains.Select(d => trial % 2 == 0 ? T.CreateTruncating(d.Draw(random)) : Edges[random.Next(Edges.Length)])];
            T u = T.CreateTruncating(random.NextDouble() - 0.5);
            using var tape = new Tape<T>();
            Variable<T>[] scalars = [.. x.Select(v => (Variable<T>)tape.Variable(v))], tensors = [.. x.Select(v => tape.Variable([v], [1]))];
            Variable<T> ys = Record<E>(tape, scalars), yt = Record<E>(tape, tensors);
            string at = string.Join(", ", x);
            Near.AssertSame<T>(ys.Values, yt.Values, $"value at {at}");
            Gradients<T> gs = tape.Backward(ys, [u]), gt = tape.Backward(yt, [u]);
            for (int k = 0; k < x.Length; k++) Near.AssertSame(gs[scalars[k]], gt[tensors[k]], $"gradient {k} at {at}");
        }
    }

    private static void Broadcasts<E>(Type op) where E : struct, IElementwise
    {
        Domain[] domains = Domains(op);
        var random = new Random(Seed);
        for (int trial = 0; trial < ShapeSets; trial++)
        {
            // a shape of up to four axes, and operands that leave axes out or have length 1 there; also empty ones
            int[] whole = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(20) == 0 ? 0 : random.Next(1, 5))];
            if (trial == 0) whole = [2, 9, 17];
            Shape[] shapes = [.. domains.Select(_ => Operand(whole, random))];
            T[][] x = [.. shapes.Select((s, k) => Enumerable.Range(0, s.Size).Select(_ => T.CreateTruncating(domains[k].Draw(random))).ToArray())];
            using var tape = new Tape<T>();
            Variable<T>[] v = [.. x.Select((numbers, k) => tape.Variable(numbers, shapes[k]))];
            Variable<T> y = Record<E>(tape, v);
            T[] u = [.. Enumerable.Range(0, y.Size).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
            (T[] value, T[][] bars) = Naive.Run<E, T>(shapes, x, u);
            string at = string.Join(" with ", shapes);
            Assert.That(y.Shape, Is.EqualTo(Naive.Broadcast(shapes)), at);
            Near.AssertSame(y.Values, value, at);
            Gradients<T> g = tape.Backward(y, u);
            Variable<T>[] recorded = tape.Gradient(y, v, tape.Constant(u, y.Shape));
            for (int k = 0; k < v.Length; k++)
            {
                Near.Assert<T>(g[v[k]], bars[k], $"{at}, gradient {k}", 1024);
                Near.Assert<T>(recorded[k].Values, bars[k], $"{at}, recorded gradient {k}", 1024);
            }
        }
    }

    private static void ZeroContributesZero<E>() where E : struct, IElementwise
    {
        // every combination of edges, as scalars and as one long tensor; the cotangent is zero of either sign
        int count = (int)Math.Pow(Edges.Length, E.Arity);
        T[][] x = [.. Enumerable.Range(0, E.Arity).Select(k => Enumerable.Range(0, count).Select(i => Edges[i / (int)Math.Pow(Edges.Length, k) % Edges.Length]).ToArray())];
        T[] zeros = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? T.Zero : T.NegativeZero)];
        using var tape = new Tape<T>();
        Variable<T>[] v = [.. x.Select(numbers => tape.Variable(numbers, [count]))];
        Variable<T> y = Record<E>(tape, v);
        Gradients<T> g = tape.Backward(y, zeros);
        foreach (Variable<T> variable in v) g[variable].ToArray().ShouldBeZero("plain sweep");
        foreach (Variable<T> bar in tape.Gradient(y, v, tape.Constant(zeros, [count]))) bar.Values.ToArray().ShouldBeZero("recorded sweep");
        for (int i = 0; i < count; i++)
        {
            tape.Reset();
            Variable<T>[] s = [.. x.Select(numbers => (Variable<T>)tape.Variable(numbers[i]))];
            Variable<T> ys = Record<E>(tape, s);
            Gradients<T> gs = tape.Backward(ys, [zeros[i]]);
            string at = string.Join(", ", x.Select(numbers => numbers[i]));
            foreach (Variable<T> variable in s) gs[variable].ToArray().ShouldBeZero($"scalar, plain, at {at}");
            foreach (Variable<T> bar in tape.Gradient(ys, s, tape.Constant([zeros[i]], []))) bar.Values.ToArray().ShouldBeZero($"scalar, recorded, at {at}");
        }
    }

    private static void NaNComesThrough<E>(Type op) where E : struct, IElementwise
    {
        var random = new Random(Seed);
        T[][] x = [.. Domains(op).Select(d => Enumerable.Range(0, 20).Select(_ => T.CreateTruncating(d.Draw(random))).ToArray())];
        T[] nan = [.. Enumerable.Repeat(T.NaN, 20)];
        using var tape = new Tape<T>();
        Variable<T>[] v = [.. x.Select(numbers => tape.Variable(numbers, [20]))], s = [.. x.Select(numbers => (Variable<T>)tape.Variable(numbers[0]))];
        Variable<T> y = Record<E>(tape, v), ys = Record<E>(tape, s);
        Gradients<T> g = tape.Backward(y, nan), gs = tape.Backward(ys, [T.NaN]);
        Variable<T>[] recorded = tape.Gradient(y, v, tape.Constant(nan, [20])), recordedScalars = tape.Gradient(ys, s, tape.Constant([T.NaN], []));
        for (int k = 0; k < v.Length; k++)
        {
            Near.AssertSame(g[v[k]], recorded[k].Values, $"gradient {k}");
            Near.AssertSame(gs[s[k]], recordedScalars[k].Values, $"gradient {k} of scalars");
            Assert.That(g[v[k]].ToArray(), Is.All.Matches<T>(b => T.IsNaN(b) || b == T.Zero));
            Near.AssertSame(gs[s[k]], g[v[k]][..1], $"gradient {k} of scalars and tensors");
        }
    }

    private static void Duals<E>(Type op) where E : struct, IElementwise
    {
        var random = new Random(Seed);
        for (int trial = 0; trial < 20; trial++)
        {
            T[] x = [.. Domains(op).Select(d => T.CreateTruncating(d.Draw(random)))];
            using var tape = new Tape<T>();
            Variable<T>[] v = [.. x.Select(number => (Variable<T>)tape.Variable(number))];
            Gradients<T> g = tape.Backward(Record<E>(tape, v), [T.One]);
            T[] bars = [.. v.Select(variable => g[variable][0])], tangents = new T[x.Length];
            for (int k = 0; k < x.Length; k++)
                tangents[k] = Tangent(op, [.. x.Select((number, i) => new Dual<One<T>>(new(number), new(i == k ? T.One : T.Zero)))]);
            Near.Assert<T>(tangents, bars, $"at {string.Join(", ", x)}", 16);
        }
    }

    private static T Tangent(Type op, Dual<One<T>>[] x)
        => (T)Catalog.Call(typeof(ElementwiseLaws<T>), x.Length switch { 1 => nameof(Dual1), 2 => nameof(Dual2), _ => nameof(Dual3) }, [op], [x])!;

    private static T Dual1<TOp>(Dual<One<T>>[] x) where TOp : struct, IUnary<TOp> => Dual<One<T>>.Apply<TOp>(x[0]).Tangent.Value;

    private static T Dual2<TOp>(Dual<One<T>>[] x) where TOp : struct, IBinary<TOp> => Dual<One<T>>.Apply<TOp>(x[0], x[1]).Tangent.Value;

    private static T Dual3<TOp>(Dual<One<T>>[] x) where TOp : struct, ITernary<TOp> => Dual<One<T>>.Apply<TOp>(x[0], x[1], x[2]).Tangent.Value;

    private static Variable<T> Record<E>(Tape<T> tape, Variable<T>[] x) where E : struct, IElementwise
    {
        Recording<T> r = tape.Recording;
        int a = r.Slot(x[0].Bits, "law"), b = E.Arity > 1 ? r.Slot(x[1].Bits, "law") : a, c = E.Arity > 2 ? r.Slot(x[2].Bits, "law") : a;
        return new(r, ElementwiseRule<E, T>.Push(r, a, b, c));
    }

    private static Domain[] Domains(Type op)
    {
        object domain = op.GetProperty("Domain")!.GetValue(null)!;
        return domain switch
        {
            Domain d => [d],
            ValueTuple<Domain, Domain> d => [d.Item1, d.Item2],
            ValueTuple<Domain, Domain, Domain> d => [d.Item1, d.Item2, d.Item3],
            _ => throw new NotSupportedException(op.Name),
        };
    }

    private static Shape Operand(int[] whole, Random random)
    {
        int[] lengths = [.. whole.Skip(random.Next(3) == 0 ? random.Next(whole.Length + 1) : 0)];
        for (int i = 0; i < lengths.Length; i++)
            if (random.Next(3) == 0) lengths[i] = 1;
        return lengths;
    }
}
