using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Rows;

/// <summary>Comparisons in row functions: every row gets the path that it takes in the loop.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
[NonParallelizable]
public sealed class RowGuardTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Columns = 3;

    [TearDown]
    public void OneThreadAgain() => Parallelism.Threads = 1;

    private static T K(double x) => T.CreateTruncating(x);

    private static IEnumerable<TestCaseData> Programs()
    {
        yield return Case("Huber", (x, u) => { Scalar<T> d = (x[0] * u[0]) - x[1]; return d.Abs() > K(0.5) ? d.Abs() - K(0.25) : d * d * K(0.5); });
        yield return Case("nested", (x, u) => x[0] > x[1] ? x[1] > u[0] ? x[0] * u[1] : x[1].Exp() : x[2] < K(0) ? x[2] * x[0] : u[0] - x[2]);
        yield return Case("≥ and ≤", (x, u) => x[0] >= K(0) ? (x[1] <= u[0] ? x[1] : x[2] * u[1]) : x[2] <= x[1] ? x[0] : u[1]);
        yield return Case("a loop of a row's own length", (x, u) => { Scalar<T> y = x[0].Abs() + K(0.05); int n = 0; while (y < K(1) && n++ < 30) y *= K(1.5) + (u[0] * u[0]); return y; });
        yield return Case("of outer scalars alone", (x, u) => u[0] > u[1] ? x[0] * u[0] : x[1]);
        yield return Case("a constant result in one branch", (x, u) => x[0] > K(0.3) ? K(1) : x[1] * u[0]);
        yield return Case("a path of dead comparisons", (x, u) => { _ = x[0] > x[1]; return x[2] * u[0]; });
        yield return Case("a product that is compared, then added", (x, u) => { Scalar<T> d = x[0] * x[1]; return d > K(0) ? x[2] + d : x[2] - d; });
        yield return Case("a uniform product that is compared, then added", (x, u) => { Scalar<T> m = u[0] * u[1]; return m > K(0) ? x[0] : x[0] + m; });
        yield return Case("a uniform product that is read, then added", (x, u) => { Scalar<T> m = u[0] * u[1]; T read = m.Value; return (x[0] + m) * read; });
        yield return Case("a sum that is compared, then accumulated", (x, u) => { Scalar<T> s = x[0] + x[1]; if (s > K(0.1)) s += x[2] * u[0]; return s; });
        static TestCaseData Case(string name, OfRow<T> f) => new TestCaseData(f).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Programs))]
    public void EveryRowTakesItsPath(Delegate f)
    {
        foreach (int rows in (int[])[1, 2, 40, 700])
            new Loop<T> { Data = Loop<T>.Draw(rows * Columns, rows + 1), Columns = Columns, Outer = [K(0.6), K(-0.4)], F = (OfRow<T>)f }.Compare($"{rows} rows", 256);
    }

    [Test]
    public void APathMetInTheLastRowOnly()
    {
        T[] data = Loop<T>.Draw(100 * Columns, 3);
        for (int i = 0; i < 100; i++) data[i * Columns] = -T.Abs(data[i * Columns]);
        data[99 * Columns] = T.One;
        new Loop<T> { Data = data, Columns = Columns, Outer = [K(2)], F = (x, u) => x[0] > K(0) ? x[1] * u[0] * K(100) : x[2] * u[0] }.Compare("the last row");
    }

    [Test]
    public void NaNTakesThePathOfFalseComparisons()
    {
        T[] data = [K(1), T.NaN, K(-1), K(2), T.NaN];
        using var tape = new Tape<T>();
        Variable<T> y = tape.MapRows(data, 1, x => x[0] > K(0) ? x[0] : x[0] <= K(0) ? -x[0] : K(7));
        y.Values.ToArray().ShouldBe([K(1), K(7), K(1), K(2), K(7)]);
        tape.MapRows(data, 1, x => x[0] >= K(0) ? x[0] : x[0] < K(0) ? -x[0] : x[0]).Values.ToArray().ShouldBe([K(1), T.NaN, K(1), K(2), T.NaN]);
    }

    [Test]
    public void ARowOnTheEdgeTakesThePathOfItsOwnRecording()
    {
        // c + a·b is exactly 0 with the product rounded, but not when it is fused: lanes and loop need not agree which side of 0 it is
        foreach (double x in (double[])[0.1, 0.3, 0.7, 1.1, 1.3])
        {
            T a = K(x), b = K(1 / x), c = -(a * b);
            foreach (T[] data in (T[][])[[a, b, c], [a, b, c, K(1), K(1), K(1)], [K(1), K(1), K(1), a, b, c], [K(-1), K(1), K(0), a, b, c]])
            {
                using var tape = new Tape<T>();
                Variable<T> y = tape.MapRows(data, 3, r => r[2] + (r[0] * r[1]) > K(0) ? r[0] : r[1] * K(2));
                Variable<T> z = tape.MapRows(data, 3, r => r[2] + (r[0] * r[1]) >= K(0) ? r[0] : r[1] * K(2));
                foreach (Variable<T> result in (Variable<T>[])[y, z])
                    for (int i = 0; i < result.Size; i++) (result.Values[i] == data[3 * i] || result.Values[i] == data[(3 * i) + 1] * K(2)).ShouldBeTrue();
            }
        }
    }

    [Test]
    public void MoreThanAThousandPathsAreRefused()
    {
        // the signs of ten numbers: every row is another path
        T[] data = [.. Enumerable.Range(0, 1002 * 10).Select(i => K((i / 10 >> (i % 10)) % 2 == 0 ? -1 : 1))];
        using var tape = new Tape<T>();
        Scalar<T> u = tape.Variable(K(2));
        int count = tape.Count;
        Should.Throw<InvalidOperationException>(() => tape.SumRows(data, 10, Signs)).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("SumRows"), m => m.ShouldContain("1000"), m => m.ShouldContain("needs"));
        tape.Count.ShouldBe(count);
        tape.SumRows(data.AsSpan(0, 1000), 10, Signs).Value.ShouldBe(K(99 * 100));
        (tape.Count - count).ShouldBeLessThan(20);

        Scalar<T> Signs(ReadOnlySpan<Scalar<T>> x)
        {
            Scalar<T> s = x[0] * T.Zero;
            for (int c = 0; c < 10; c++)
                if (x[c] > T.Zero) s += K(1 << c);
            return s * u;
        }
    }

    [Test]
    public void ThreadsTakeTheSamePathsToTheSameBits()
    {
        T[] data = Loop<T>.Draw(5003 * Columns, 9);
        T[][] alone = Run();
        for (int threads = 2; threads <= 5; threads++)
        {
            Parallelism.Threads = threads;
            T[][] shared = Run();
            for (int i = 0; i < alone.Length; i++) Autodiff.Tests.Near.AssertSame<T>(shared[i], alone[i], $"result {i}, {threads} threads");
        }

        T[][] Run()
        {
            using var tape = new Tape<T>();
            Scalar<T> a = tape.Variable(K(0.3)), b = tape.Variable(K(-1.2));
            Scalar<T> Function(ReadOnlySpan<Scalar<T>> x) => x[0] > x[1] ? (x[0] * a).Exp() + (x[2] * b) : x[2] > a ? x[1].Tanh() * b : x[0] * x[1];
            Scalar<T> sum = tape.SumRows(data, Columns, Function);
            Gradients<T> g = tape.Backward(sum);
            Variable<T> v = tape.Variable(data, [5003, Columns]), map = tape.MapRows(v, Function);
            Gradients<T> h = tape.Backward(map.Square().Sum());
            T[] values = new T[5003], jacobian = new T[data.Length];
            tape.JacobianRows(data, Columns, 1, (x, y) => y[0] = Function(x), values, jacobian);
            return [[sum.Value, g[a], g[b], h[a], h[b]], map.Values.ToArray(), h[v].ToArray(), values, jacobian];
        }
    }
}
