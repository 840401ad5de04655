using System.Numerics;
using System.Runtime.Intrinsics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Law 9: the loop over lanes of every width gives the bits of the formula over plain numbers, values and pulls, at every length.</summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed unsafe class LaneLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Longest = 70, Seed = 40;

    private static IEnumerable<TestCaseData> Ops => Catalog.Elementwise.Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(Ops))]
    public void LanesEqualTheFormulaBitForBit(Type op)
    {
        Type adapter = Catalog.Adapter(op);

        // all widths work on every machine: what it lacks, the runtime computes in halves
        Catalog.Call(typeof(LaneLaws<T>), nameof(Compare), [adapter, typeof(Lane128<T>)]);
        Catalog.Call(typeof(LaneLaws<T>), nameof(Compare), [adapter, typeof(Lane256<T>)]);
        Catalog.Call(typeof(LaneLaws<T>), nameof(Compare), [adapter, typeof(Lane512<T>)]);
    }

    [Test]
    public void EveryWidthHasItsCount()
    {
        Assert.That(Count<Lane128<T>>(), Is.EqualTo(Vector128<T>.Count));
        Assert.That(Count<Lane256<T>>(), Is.EqualTo(Vector256<T>.Count));
        Assert.That(Count<Lane512<T>>(), Is.EqualTo(Vector512<T>.Count));
    }

    private static int Count<L>() where L : struct, IVectorLane<L, T> => L.Count;

    private static void Compare<E, L>() where E : struct, IElementwise where L : struct, IVectorLane<L, T>
    {
        T[] numbers = Numbers();
        var random = new Random(Seed);
        T* x = stackalloc T[3 * (Longest + 1)], yBar = stackalloc T[Longest + 1], y = stackalloc T[2 * (Longest + 1)], xBar = stackalloc T[2 * (Longest + 1)];
        for (int n = 0; n <= Longest; n++)
        {
            for (int i = 0; i < 3 * (Longest + 1); i++) x[i] = numbers[random.Next(numbers.Length)];
            for (int i = 0; i <= Longest; i++) yBar[i] = random.Next(5) == 0 ? T.Zero : T.CreateTruncating(random.NextDouble() - 0.5);

            // operands that are rows, and operands that are one number along the row
            for (int broadcast = 0; broadcast < 1 << E.Arity; broadcast++)
            {
                RowOf<T> row = new()
                {
                    A = x,
                    B = x + Longest + 1,
                    C = x + (2 * (Longest + 1)),
                    StrideA = (broadcast & 1) == 0 ? 1 : 0,
                    StrideB = (broadcast & 2) == 0 ? 1 : 0,
                    StrideC = (broadcast & 4) == 0 ? 1 : 0,
                };
                string at = $"{typeof(L).Name}, length {n}, broadcast {broadcast}";
                Span<T> expected = new(y, n), got = new(y + Longest + 1, n);
                Row<E, T, One<T>>.Map(row, y, 0, n);
                int stopped = Row<E, T, L>.Map(row, y + Longest + 1, 0, n);
                Assert.That(stopped, Is.EqualTo(n - (n % L.Count)), at);
                Near.AssertSame<T>(got[..stopped], expected[..stopped], $"values, {at}");
                Pulls<E, L, OperandA>(row, y, yBar, xBar, n, at);
                if (E.Arity > 1) Pulls<E, L, OperandB>(row, y, yBar, xBar, n, at);
                if (E.Arity > 2) Pulls<E, L, OperandC>(row, y, yBar, xBar, n, at);
            }
        }
    }

    private static void Pulls<E, L, K>(in RowOf<T> row, T* y, T* yBar, T* xBar, int n, string at)
        where E : struct, IElementwise where L : struct, IVectorLane<L, T> where K : struct, IOperand
    {
        foreach (bool fresh in new[] { false, true })
        {
            Span<T> expected = new(xBar, n), got = new(xBar + Longest + 1, n);
            expected.Fill(fresh ? T.CreateTruncating(double.NaN) : T.One);
            expected.CopyTo(got);
            Row<E, T, One<T>>.Pull<K>(row, y, yBar, xBar, fresh, 0, n);
            int stopped = Row<E, T, L>.Pull<K>(row, y, yBar, xBar + Longest + 1, fresh, 0, n);
            Near.AssertSame<T>(got[..stopped], expected[..stopped], $"pull {K.Index}, fresh {fresh}, {at}");
        }
    }

    // from ordinary numbers, large and small, zeros, infinities, NaN, subnormals
    private static T[] Numbers()
    {
        var random = new Random(Seed);
        List<double> numbers = [0, -0.0, 1, -1, 2, 0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e-40, -1e-310, 700, -700, 90, -90, 1e30];
        for (int i = 0; i < 200; i++) numbers.Add((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 4)));
        return [.. numbers.Select(T.CreateTruncating)];
    }
}
