using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Threads share work without a bit of any result depending on their number.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
[NonParallelizable]
public sealed class ParallelismTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [TearDown]
    public void OneThreadAgain() => Parallelism.Threads = 1;

    [Test]
    public void ProductsAreTheSameBitForBit([Values] bool transposeA, [Values] bool transposeB, [Values] bool accumulate)
    {
        foreach ((int m, int k, int n) in new[] { (128, 128, 128), (257, 130, 131), (64, 784, 100), (9, 2000, 300), (1030, 520, 20) })
        {
            T[] a = Draw(m * k, 1), b = Draw(k * n, 2), start = Draw(m * n, 3);
            T[] alone = Product(1);
            for (int threads = 2; threads <= 5; threads++) Near.AssertSame<T>(Product(threads), alone, $"{m}×{k}×{n} by {threads} threads");

            T[] Product(int threads)
            {
                Parallelism.Threads = threads;
                T[] c = [.. start];
                MatrixProduct.Multiply<T>(a, b, c, m, k, n, transposeA, transposeB, accumulate);
                return c;
            }
        }
    }

    [TestCase(16, 1, 8, TestName = "many filters")]
    [TestCase(20, 20, 20, TestName = "a group for each channel")]
    [TestCase(3, 1, 5, TestName = "few filters")]
    public void ConvolutionsAreTheSameBitForBit(int filters, int groups, int channels)
    {
        var x = new Parameter<T>(Draw(7 * channels * 1200, 1), [7, channels, 30, 40], "x");
        var k = new Parameter<T>(Draw(filters * (channels / groups) * 25, 2), [filters, channels / groups, 5, 5], "k");
        var b = new Parameter<T>(Draw(filters, 3), [filters], "b");
        T[][] alone = Step(1);
        for (int threads = 2; threads <= 4; threads++)
        {
            T[][] shared = Step(threads);
            for (int i = 0; i < alone.Length; i++) Near.AssertSame<T>(shared[i], alone[i], $"result {i}, {threads} threads");
        }

        T[][] Step(int threads)
        {
            Parallelism.Threads = threads;
            using var tape = new Tape<T>();
            Variable<T> y = tape.Variable(x).Conv2d(tape.Variable(k), tape.Variable(b), padding: 2, groups: groups);
            Gradients<T> g = tape.Backward(y.Square().Sum());
            return [y.Values.ToArray(), g[x].ToArray(), g[k].ToArray(), g[b].ToArray()];
        }
    }

    [Test]
    public void AWholeStepIsTheSameBitForBit()
    {
        var w = new Parameter<T>(Draw(96 * 160, 1), [96, 160], "w");
        var b = new Parameter<T>(Draw(160, 2), [160], "b");
        T[] data = Draw(8 * 120 * 96, 3);
        (T[] Value, T[] W, T[] B) alone = Step(1);
        for (int threads = 2; threads <= 4; threads++)
        {
            (T[] value, T[] wBar, T[] bBar) = Step(threads);
            Near.AssertSame<T>(value, alone.Value, $"the value, {threads} threads");
            Near.AssertSame<T>(wBar, alone.W, $"the gradient of w, {threads} threads");
            Near.AssertSame<T>(bBar, alone.B, $"the gradient of b, {threads} threads");
        }

        (T[] Value, T[] W, T[] B) Step(int threads)
        {
            Parallelism.Threads = threads;
            using var tape = new Tape<T>();
            Variable<T> h = (tape.Constant(data, [8, 120, 96]).MatMul(tape.Variable(w)) + tape.Variable(b)).Tanh();
            Variable<T> scores = MatMul.Of(h, h, false, true).Softmax(-1);
            Variable<T> y = scores.MatMul(h).LayerNorm(tape.Variable(b), tape.Variable(b)) * h.Exp();
            Gradients<T> g = tape.Backward(y.Sum() + y.Square().Mean());
            return (y.Values.ToArray(), g[w].ToArray(), g[b].ToArray());
        }
    }

    [Test]
    public void ManyTapesAskForThreadsAtOnce()
    {
        Parallelism.Threads = 3;
        T[] a = Draw(200 * 200, 1), alone = new T[200 * 200];
        MatrixProduct.Multiply<T>(a, a, alone, 200, 200, 200, false, false, false);
        var results = new T[6][];
        var threads = new Thread[results.Length];
        for (int t = 0; t < threads.Length; t++)
        {
            int mine = t;
            results[t] = new T[200 * 200];
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < 30; i++) MatrixProduct.Multiply<T>(a, a, results[mine], 200, 200, 200, false, false, false);
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads) thread.Join();
        foreach (T[] result in results) Near.AssertSame<T>(result, alone, "while others work");
    }

    [Test]
    public unsafe void EveryPartRunsOnceAndAFailureReachesTheCaller()
    {
        Parallelism.Threads = 4;
        int* counts = stackalloc int[1000];
        for (int round = 0; round < 200; round++)
        {
            new Span<int>(counts, 1000).Clear();
            Counting job = new() { Counts = counts, Fails = -1 };
            Parallelism.For(1000, &job);
            for (int i = 0; i < 1000; i++) counts[i].ShouldBe(1, $"part {i}");
        }

        Counting failing = new() { Counts = counts, Fails = 500 };
        Should.Throw<InvalidOperationException>(() => Run(failing)).Message.ShouldBe("part 500");
        Should.NotThrow(() => Run(new Counting { Counts = counts, Fails = -1 }));

        static void Run(Counting job) => Parallelism.For(1000, &job);
    }

    [Test]
    public void SharedWorkAllocatesNothing()
    {
        Parallelism.Threads = 2;
        T[] a = Draw(256 * 256, 1), c = new T[256 * 256];
        for (int i = 0; i < 20; i++) MatrixProduct.Multiply<T>(a, a, c, 256, 256, 256, true, false, false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) MatrixProduct.Multiply<T>(a, a, c, 256, 256, 256, true, false, false);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void TheNumberOfThreadsIsChecked()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Parallelism.Threads = 0).Message.ShouldContain("needs 1 to 1,024");
        Parallelism.Threads.ShouldBe(1);
    }

    private static T[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateTruncating((random.NextDouble() - 0.5) / 4);
        return numbers;
    }

    private unsafe struct Counting : IJob
    {
        public int* Counts;
        public int Fails;

        readonly void IJob.Run(int part)
        {
            if (part == Fails) throw new InvalidOperationException($"part {part}");
            Interlocked.Increment(ref Counts[part]);
        }
    }
}
