using System.Numerics;
using System.Reflection;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Generic;

/// <summary>Every member of .NET's number interfaces, found by reflection, gives on the tape what it gives with plain numbers.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class NumberFunctionTests<T> where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private static readonly T Unit = T.BitIncrement(T.One) - T.One;

    private static readonly T[] Edges = [.. new[]
    {
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2, -2.5, 3, 10, 0.1, -7.25, 1e-30, 1e30, 0.49999999999999994, 4503599627370497.5, double.Epsilon, double.PositiveInfinity,
        double.NegativeInfinity, double.NaN,
    }.Select(T.CreateTruncating)];

    private static IEnumerable<string> Names => NumberFunctions.Of<T>().Keys;

    [Test]
    public void TheTablesHoldEveryMember()
    {
        HashSet<string> table = [.. Names, .. NumberFunctions.Neighbours<T>().Keys, .. NumberFunctions.Questions<T>().Keys, .. NumberFunctions.Comparisons<T>().Keys];
        HashSet<string> constants = [.. NumberFunctions.Constants<T>().Keys, "Radix"];
        int members = 0;
        foreach (Type contract in typeof(Scalar<T>).GetInterfaces().Where(i => i.Namespace is "System.Numerics" && i.IsGenericType))
        {
            foreach (MethodInfo method in contract.GetMethods(BindingFlags.Static | BindingFlags.Public))
            {
                // text, conversions and numbers out are tested one by one
                string name = $"{method.Name}/{method.GetParameters().Length}";
                if (method.Name.StartsWith("get_", StringComparison.Ordinal)) constants.ShouldContain(method.Name[4..], contract.Name);
                else if (name is not ("Sign/1" or "ILogB/1" or "Compare/2") && !method.IsGenericMethod && !method.Name.Contains("Parse", StringComparison.Ordinal))
                    table.ShouldContain(name, contract.Name);
                members++;
            }
        }

        members.ShouldBeGreaterThan(120);
    }

    [TestCaseSource(nameof(Names))]
    public void ValuesAreThoseOfPlainNumbers(string name)
    {
        Func<T[], T>[] plain = NumberFunctions.Exact<T>(name);
        Func<Scalar<T>[], Scalar<T>>[] scalar = NumberFunctions.Of<Scalar<T>>()[name];
        using var tape = new Tape<T>();
        foreach (T[] x in Points(NumberFunctions.Arity(name)))
        {
            for (int f = 0; f < plain.Length; f++)
            {
                tape.Reset();
                string at = $"{name} [{f}] at {string.Join(", ", x)}";
                T expected = plain[f](x), got = scalar[f]([.. x.Select(v => tape.Variable(v))]).Value, constant = scalar[f]([.. x.Select(v => (Scalar<T>)v)]).Value;
                Close(got, expected, Tolerance(name, x, expected), at);
                (T.IsNaN(got) ? T.IsNaN(constant) : got == constant).ShouldBeTrue($"{at}: {got} on a tape, {constant} as a constant");
            }
        }
    }

    [Test]
    public void QuestionsReadTheValue()
    {
        using var tape = new Tape<T>();
        foreach (T x in Edges)
        {
            Scalar<T> v = tape.Variable(x);
            foreach ((string name, Func<T, bool> question) in NumberFunctions.Questions<T>())
                NumberFunctions.Questions<Scalar<T>>()[name](v).ShouldBe(question(x), $"{name} of {x}");
            foreach (T y in Edges)
                foreach ((string name, Func<T, T, bool> comparison) in NumberFunctions.Comparisons<T>())
                    NumberFunctions.Comparisons<Scalar<T>>()[name](v, tape.Variable(y)).ShouldBe(comparison(x, y), $"{name} of {x} and {y}");
        }

        tape.Count.ShouldBe(Edges.Length * (1 + 6 * Edges.Length), "they take no step");
    }

    [Test]
    public void ConstantsAreThoseOfT()
    {
        Dictionary<string, Scalar<T>> scalars = NumberFunctions.Constants<Scalar<T>>();
        foreach ((string name, T value) in NumberFunctions.Constants<T>())
        {
            scalars[name].IsConstant.ShouldBeTrue(name);
            scalars[name].Value.Equals(value).ShouldBeTrue(name);
        }
    }

    [Test]
    public void NeighboursAreRefusedOnATape()
    {
        using var tape = new Tape<T>();
        foreach ((string name, Func<Scalar<T>, Scalar<T>> next) in NumberFunctions.Neighbours<Scalar<T>>())
        {
            next(T.One).Value.ShouldBe(NumberFunctions.Neighbours<T>()[name](T.One));
            Should.Throw<NotSupportedException>(() => next(tape.Variable(T.One))).Message.ShouldStartWith(name.Split('/')[0]);
        }
    }

    private static IEnumerable<T[]> Points(int arity)
    {
        T[] edges = arity < 3 ? Edges : Edges[..8];
        for (int i = 0; i < Math.Pow(edges.Length, arity); i++) yield return [.. Enumerable.Range(0, arity).Select(k => edges[i / (int)Math.Pow(edges.Length, k) % edges.Length])];
        var random = new Random(1);
        for (int i = 0; i < 200; i++) yield return [.. Enumerable.Range(0, arity).Select(_ => T.CreateTruncating(random.NextDouble() * 8 - 4))];
    }

    // What the ops promise is 4 units of the last place at most; T's own functions are trusted to 1. The exponent 1 / n of a root is rounded, which costs
    // as many units as the result has e-folds. T's ExpM1 and LogP1 are eˣ − 1 and ln(1 + x) as written, which ours are not; T may
    // round an estimated product once, which we do not: there the units are those of what is added.
    private static T Tolerance(string name, T[] x, T expected)
    {
        T size = T.Abs(expected);
        if (name is "RootN/2" && size > T.Zero) return (T.CreateTruncating(5) + T.Abs(T.Log(size))) * Unit * size;
        if (name is "ExpM1/1" or "LogP1/1") size += T.One;
        if (name is "MultiplyAddEstimate/3") size = T.Abs(x[0] * x[1]) + T.Abs(x[2]);
        return T.CreateTruncating(5) * Unit * size;
    }

    private static void Close(T got, T expected, T tolerance, string at)
    {
        if (T.IsNaN(expected) || T.IsNaN(got)) T.IsNaN(got).ShouldBe(T.IsNaN(expected), $"{at}: {got}, with plain numbers {expected}");
        else if (got != expected) (T.Abs(got - expected) <= tolerance).ShouldBeTrue($"{at}: {got}, with plain numbers {expected}");
    }
}
