using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>One tape, one thread; many tapes, many threads, and the parameters between them.</summary>
[TestFixture]
public sealed class ThreadTests
{
    [Test]
    public void TapesOfTwoThreadsShareParameters()
    {
        var w = new Parameter<double>(Enumerable.Range(0, 200).Select(i => Math.Sin(i)).ToArray(), [10, 20], "w");
        double[] alone = Work(0), other = Work(1);
        var threads = new Thread[4];
        var results = new double[4][];
        for (int t = 0; t < threads.Length; t++)
        {
            int mine = t;
            threads[t] = new Thread(() => results[mine] = Work(mine % 2));
            threads[t].Start();
        }

        foreach (Thread thread in threads) thread.Join();
        for (int t = 0; t < threads.Length; t++) results[t].ShouldBe(t % 2 == 0 ? alone : other);
        alone.ShouldNotBe(other);

        double[] Work(int which)
        {
            using var tape = new Tape<double>();
            double[] sum = new double[200];
            for (int step = 0; step < 50; step++)
            {
                tape.Reset();
                double[] data = [.. Enumerable.Range(0, 50).Select(i => Math.Cos((which * 100) + i + step))];
                Variable<double> y = tape.Constant(data, [5, 10]).MatMul(tape.Variable(w)).Tanh();
                ReadOnlySpan<double> g = tape.Backward(y.Square().Sum() + y[0, 0].Exp())[w];
                for (int i = 0; i < sum.Length; i++) sum[i] += g[i];
            }

            return sum;
        }
    }
}
