using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Linear layers, layouts, norms, dropouts and cells against loops over their definitions.</summary>
public sealed class LayersTests
{
    private const double Tolerance = 1e-13;   // sums of few numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void LinearIsASumForEachOutput()
    {
        double[] x = Draw(2 * 3 * 4), w = Draw(5 * 4), b = Draw(5);
        double[] expected = [.. from row in Enumerable.Range(0, 6) from o in Enumerable.Range(0, 5) select b[o] + Enumerable.Range(0, 4).Sum(i => x[(row * 4) + i] * w[(o * 4) + i])];
        Near(V(x, 2, 3, 4).Linear(V(w, 5, 4), V(b, 5)), expected);
        Near(V(x, 6, 4).Linear(V(w, 5, 4)) + V(b, 5), expected);
        Near(V(x[..4], 4).Linear(V(w, 5, 4), V(b, 5)), expected[..5]);
        V([], 0, 3, 4).Linear(V(w, 5, 4), V(b, 5)).Shape.ShouldBe([0, 3, 5]);
        Near(V([], 2, 0).Linear(V([], 3, 0), V([1, 2, 3], 3)), 1, 2, 3, 1, 2, 3);
        Refused(() => V(x, 6, 4).Linear(V(w, 4, 5)), "Linear: x is [6, 4], the weight [4, 5]; needs");
        Refused(() => V(x, 6, 4).Linear(V(w, 5, 4), V(b, 1, 5)), "Linear: the weight is [5, 4], the bias [1, 5]; needs");
    }

    [Test]
    public void Layouts()
    {
        double[] x = Draw(2 * 8 * 6);
        Near(V(x, 2, 8, 2, 3).PixelShuffle(2).PixelUnshuffle(2), x);
        Near(V(x, 2, 2, 4, 6).PixelUnshuffle(2).PixelShuffle(2), x);
        Near(V([1, 2, 3, 4], 1, 2, 2).PixelUnshuffle(2), 1, 2, 3, 4);
        V(x, 2, 2, 4, 6).PixelUnshuffle(2).Shape.ShouldBe([2, 8, 2, 3]);
        Near(V([1, 2, 3, 4, 5, 6], 1, 6).ChannelShuffle(2), 1, 4, 2, 5, 3, 6);
        Near(V(x, 2, 8, 6).ChannelShuffle(2).ChannelShuffle(4), x);
        Refused(() => V(x, 2, 8, 6).PixelUnshuffle(4), "PixelUnshuffle: x is [2, 8, 6], factor is 4");
        Refused(() => V(x, 2, 8, 6).ChannelShuffle(3), "ChannelShuffle: x is [2, 8, 6], groups is 3");
        Refused(() => V(x, 2, 8, 6).ChannelShuffle(0), "ChannelShuffle: groups is 0");
    }

    [Test]
    public void Norms()
    {
        Near(V([3, 4, 0, 0], 2, 2).Normalize(), 0.6, 0.8, 0, 0);
        Near(V([3, -1, 2, 2], 2, 2).Normalize(1, 1), 0.75, -0.25, 0.5, 0.5);
        Near(V([3, 4, 6, 8], 2, 2).Normalize(0, double.PositiveInfinity), 0.5, 0.5, 1, 1);
        Near(V([1e200, 1e200], 2).Normalize(), Math.Sqrt(0.5), Math.Sqrt(0.5));
        Near(V([3, 4, 5, 12], 2, 2).WeightNorm(V([10, 26], 2)), 6, 8, 10, 24);
        Near(V([3, 5, 4, 12], 2, 2).WeightNorm(V([10, 26], 2), 1), 6, 10, 8, 24);

        double[] x = Draw(2 * 5 * 3);
        foreach (int size in (int[])[1, 2, 3, 4])
        {
            double[] expected = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                (int b, int c, int p) = (i / 15, i / 3 % 5, i % 3);
                double sum = Enumerable.Range(c - (size / 2), size).Where(k => k >= 0 && k < 5).Sum(k => x[(b * 15) + (k * 3) + p] * x[(b * 15) + (k * 3) + p]);
                expected[i] = x[i] / Math.Pow(2 + (0.5 * sum / size), 0.75);
            }

            Near(V(x, 2, 5, 3).LocalResponseNorm(size, 0.5, 0.75, 2), expected);
        }

        Refused(() => V(x, 10, 3).Normalize(2), "Normalize: axis is 2");
        Refused(() => V(x, 10, 3).Normalize(order: 0.5), "Normalize: order is 0.5");
        Refused(() => V(x, 10, 3).Normalize(epsilon: 0), "Normalize: epsilon is 0");
        Refused(() => V([], 2, 0).Normalize(order: double.PositiveInfinity), "Normalize: x is [2, 0], axis 1 is empty");
        Refused(() => V(x, 10, 3).WeightNorm(V([1, 2, 3], 3)), "WeightNorm: v is [10, 3], axis 0, the gain [3]");
        Refused(() => V(x, 10, 3).LocalResponseNorm(3), "LocalResponseNorm: x is [10, 3]");
        Refused(() => V(x, 2, 5, 3).LocalResponseNorm(0), "LocalResponseNorm: size is 0");
    }

    [Test]
    public void DropoutsOfChannelsAndForSelu()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 4 * 50 * 3)];
        Variable<double> x = V(ones, 4, 50, 3), y = x.ChannelDropout(0.25, new Random(3));
        double[] values = y.Values.ToArray();
        foreach (double[] channel in values.Chunk(3)) channel.Distinct().ShouldHaveSingleItem();
        values.Distinct().Order().ShouldBe([0, 1 / 0.75]);
        values.Average().ShouldBe(1, 0.15);
        tape.Backward(y.Sum())[x].ToArray().ShouldBe(values);
        x.ChannelDropout(0, new Random(3)).Values.ToArray().ShouldBe(ones);

        // two values whose mean over x of mean 0 and variance 1 is again 0, and the variance 1
        double lost = -1.7580993408473766, a = 1 / Math.Sqrt(0.6 * (1 + (0.4 * lost * lost))), b = -a * 0.4 * lost;
        Variable<double> z = x.AlphaDropout(0.4, new Random(3));
        foreach (double v in z.Values) Math.Min(Math.Abs(v - (a + b)), Math.Abs(v - ((a * lost) + b))).ShouldBeLessThan(1e-15);
        ((0.6 * b) + (0.4 * ((a * lost) + b))).ShouldBe(0, 1e-15);
        ((0.6 * ((a * a) + (b * b))) + (0.4 * Math.Pow((a * lost) + b, 2))).ShouldBe(1, 1e-15);
        double slope = Math.Sqrt(2.0 / 0.6 / (1 + (0.4 * lost * lost)) / 2);
        foreach (double g in tape.Backward(z.Sum())[x]) Math.Min(Math.Abs(g), Math.Abs(g - slope)).ShouldBeLessThan(1e-15);
        Refused(() => x.ChannelDropout(1, new Random(1)), "ChannelDropout: rate is 1");
        Refused(() => V([1], 1).ChannelDropout(0.5, new Random(1)), "ChannelDropout: x is [1]");
        Refused(() => x.AlphaDropout(double.NaN, new Random(1)), "AlphaDropout: rate is NaN");
    }

    [Test]
    public void CellsWithoutBatchOrBias()
    {
        double[] x = Draw(3), h = Draw(2), c = Draw(4)[..2], wx = Draw(24), wh = Draw(16), zeros = new double[8];
        Variable<double> one = V(x, 1, 3), state = V(h, 1, 2), cell = V(c, 1, 2);
        Near(V(x, 3).RnnCell(V(h, 2), V(wx[..6], 2, 3), V(wh[..4], 2, 2)), one.RnnCell(state, V(wx[..6], 2, 3), V(wh[..4], 2, 2), V(zeros[..2], 2), V(zeros[..2], 2)).Values.ToArray());
        Near(V(x, 3).GruCell(V(h, 2), V(wx[..18], 6, 3), V(wh[..12], 6, 2), V(Draw(6), 6)), one.GruCell(state, V(wx[..18], 6, 3), V(wh[..12], 6, 2), V(Draw(6), 6), V(zeros[..6], 6)).Values.ToArray());
        (Variable<double> h1, Variable<double> c1) = V(x, 3).LstmCell(V(h, 2), V(c, 2), V(wx, 8, 3), V(wh, 8, 2), stateBias: V(Draw(8), 8));
        (Variable<double> h2, Variable<double> c2) = one.LstmCell(state, cell, V(wx, 8, 3), V(wh, 8, 2), V(zeros, 8), V(Draw(8), 8));
        h1.Shape.ShouldBe([2]);
        Near(h1, h2.Values.ToArray());
        Near(c1, c2.Values.ToArray());
        Refused(() => V(x, 3).RnnCell(state, V(wx[..6], 2, 3), V(wh[..4], 2, 2)), "RnnCell: x is [3], h is [1, 2]");
        Refused(() => one.RnnCell(state, V(wx[..6], 2, 3), V(wh[..4], 2, 2), V(x, 3)), "the biases [3] and none");
    }

    private static double[] Draw(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static void Refused(Func<object> call, string words) => Should.Throw<ArgumentException>(() => call()).Message.ShouldContain(words);

    private static void Near(Variable<double> got, params double[] expected)
    {
        double[] values = got.Values.ToArray();
        values.Length.ShouldBe(expected.Length);
        for (int i = 0; i < values.Length; i++)
            if (!values[i].Equals(expected[i])) values[i].ShouldBe(expected[i], Tolerance, $"at {i}");
    }

    private Variable<double> V(double[] values, params int[] shape) => tape.Variable(values, shape);
}
