using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Normalisations, losses, cells and layouts against numbers computed by their formulas.</summary>
[NonParallelizable] // counts bytes
public sealed class LayerAndLossTests
{
    private const double Tolerance = 1e-12;   // sums of at most eight numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void Normalisations()
    {
        Near(V([3, 4], 2).RmsNorm(V([1, 2], 2), 0), 3 / Math.Sqrt(12.5), 8 / Math.Sqrt(12.5));

        // channel 0 holds 1 and 3, channel 1 holds 2 and 6
        Near(V([1, 2, 3, 6], 2, 2).BatchNorm(V([1, 2], 2), V([0, 1], 2), 0), -1, -1, 1, 3);
        Near(V([1, 2, 3, 6], 2, 2).BatchNorm(V([1, 0], 2), V([4, 1], 2), V([1, 2], 2), V([0, 1], 2), 0), 0, 5, 1, 13);
        Near(V([1, 3, 2, 6], 1, 4).GroupNorm(2, V([1, 1, 1, 2], 4), V([0, 0, 0, 1], 4), 0), -1, 1, -1, 3);
        Near(V([1, 3, 2, 6], 1, 2, 2).InstanceNorm(V([1, 2], 2), V([0, 1], 2), 0), -1, 1, -1, 3);
        Near(V([5, 5], 1, 1, 2).InstanceNorm(), 0, 0);
        V([], 0, 2).BatchNorm(V([1, 1], 2), V([1, 1], 2)).Shape.Lengths.ToArray().ShouldBe([0, 2]);
    }

    [Test]
    public void Losses()
    {
        Variable<double> x = V([-1, -2, -3, -4, -5, -6], 2, 3);
        Near(x.NegativeLogLikelihood([2, 0]), 3.5);
        Near(x.NegativeLogLikelihood([2, 0], [1, 0, 3]), ((3 * 3) + 4) / 4.0);
        Near(x.NegativeLogLikelihood([9, 1], ignored: 9), 5);
        double.IsNaN(x.NegativeLogLikelihood([9, 9], ignored: 9).Value).ShouldBeTrue();
        Near(V([-1, double.NegativeInfinity], 1, 2).KullbackLeibler(V([1, 0], 1, 2)), 1);
        Near(V([-1, -2], 2).KullbackLeibler(V([0.25, 0.75], 2)), (0.25 * (Math.Log(0.25) + 1)) + (0.75 * (Math.Log(0.75) + 2)));
        Near(V([0, 1, -3], 3).SmoothL1(V([0.5, 1, 0], 3), beta: 2), ((0.25 / 4) + 0 + 2) / 3);
        Near(V([0.5, -2, 3], 3).Hinge(V([1, 1, -1], 3)), (0.5 + 3 + 4) / 3);
        Near(V([3, 4, 0, 0], 2, 2).CosineSimilarity(V([4, 3, 1, 1], 2, 2)), 24 / 25.0, 0);
        Near(V([1e200, 0], 2).CosineSimilarity(V([1e200, 0], 2)), 1);
        Near(V([0, 0], 1, 2).Triplet(V([3, 4], 1, 2), V([0, 2], 1, 2), margin: 1.5), 4.5);
    }

    [Test]
    public void CrossEntropyWithOptions()
    {
        double[] logits = [0.5, -1, 2, 1, 0, -2], weights = [1, 2, 0.5];
        Variable<double> x = V(logits, 2, 3);
        double L(int row, int c) => Math.Log(Enumerable.Range(0, 3).Sum(k => Math.Exp(logits[(row * 3) + k]))) - logits[(row * 3) + c];
        Near(x.CrossEntropy([2, 1], ignored: 7), x.CrossEntropy([2, 1]).Value);
        Near(x.CrossEntropy([2, 1], weights), ((0.5 * L(0, 2)) + (2 * L(1, 1))) / 2.5);
        Near(x.CrossEntropy([7, 1], ignored: 7), L(1, 1));
        double smooth = Enumerable.Range(0, 2).Sum(i => Enumerable.Range(0, 3).Sum(c => weights[c] * L(i, c)));
        Near(x.CrossEntropy([2, 1], weights, smoothing: 0.3), ((0.7 * ((0.5 * L(0, 2)) + (2 * L(1, 1)))) + (0.1 * smooth)) / 2.5);
        Near(x.CrossEntropy(V([0, 0.5, 0.5, 1, 0, 0], 2, 3)), ((0.5 * L(0, 1)) + (0.5 * L(0, 2)) + L(1, 0)) / 2);
        Variable<double> bad = V([double.NaN, 0, 1, 2], 2, 2);
        tape.Backward(bad.CrossEntropy([-1, 0], ignored: -1))[bad].ToArray()[..2].ShouldBe([0, 0]);
        Near(V([1, double.NegativeInfinity], 1, 2).CrossEntropy(V([1, 0], 1, 2)), 0);
    }

    [Test]
    public void Cells()
    {
        static double S(double x) => 1 / (1 + Math.Exp(-x));
        Variable<double> x = V([2], 1, 1), h = V([-1], 1, 1), c = V([0.5], 1, 1);
        Near(x.RnnCell(h, V([0.3], 1, 1), V([0.2], 1, 1), V([0.1], 1), V([0.4], 1)), Math.Tanh(0.6 - 0.2 + 0.5));

        double r = S(0.2 - 0.4 + 0.3), z = S(0.4 - 0.5 + 0.3), n = Math.Tanh(0.6 + 0.1 + (r * (-0.6 + 0.2)));
        Near(x.GruCell(h, V([0.1, 0.2, 0.3], 3, 1), V([0.4, 0.5, 0.6], 3, 1), V([0.1, 0.1, 0.1], 3), V([0.2, 0.2, 0.2], 3)), ((1 - z) * n) - z);

        double i = S(0.2 - 0.5), f = S(0.4 - 0.6), g = Math.Tanh(0.6 - 0.7), o = S(0.8 - 0.8), next = (f * 0.5) + (i * g);
        (Variable<double> state, Variable<double> cell) = x.LstmCell(h, c, V([0.1, 0.2, 0.3, 0.4], 4, 1), V([0.5, 0.6, 0.7, 0.8], 4, 1), V([0, 0, 0, 0], 4), V([0, 0, 0, 0], 4));
        Near(cell, next);
        Near(state, o * Math.Tanh(next));
    }

    [Test]
    public void Layouts()
    {
        Variable<double> x = V([1, 2, 3], 3);
        Near(x.Pad(0, 2, 2, PadMode.Reflect), 3, 2, 1, 2, 3, 2, 1);
        Near(x.Pad(0, 2, 2, PadMode.Replicate), 1, 1, 1, 2, 3, 3, 3);
        Near(x.Pad(0, 2, 2, PadMode.Circular), 2, 3, 1, 2, 3, 1, 2);
        Near(x.Pad(0, 2, 2, PadMode.Zeros), 0, 0, 1, 2, 3, 0, 0);
        Near(V([1, 2], 1, 1, 1, 2).Upsample(2), 1, 1, 2, 2, 1, 1, 2, 2);
        Near(V([1, 2, 3, 4], 1, 4, 1, 1).PixelShuffle(2), 1, 2, 3, 4);
        Near(V([1, 2, 3, 4, 5, 6, 7, 8], 4, 1, 2).PixelShuffle(2), 1, 3, 2, 4, 5, 7, 6, 8);
    }

    [Test]
    public void BadInputIsRefusedByName()
    {
        Variable<double> m = V([1, 2, 3, 4, 5, 6], 2, 3), v = V([1, 2, 3, 4], 4), three = V([1, 2, 3], 3);
        Refused(() => m.RmsNorm(v), "RmsNorm: x is [2, 3], the gain [4]");
        Refused(() => m.BatchNorm(v, v), "BatchNorm: x is [2, 3], the gain [4]");
        Refused(() => m.BatchNorm(v, v, three, three), "BatchNorm: x is [2, 3], the mean [4]");
        Refused(() => m.GroupNorm(2, three, three), "GroupNorm: x is [2, 3], groups is 2");
        Refused(() => m.GroupNorm(1, three, three, double.NaN), "GroupNorm: epsilon is NaN");
        Refused(() => m.InstanceNorm(), "InstanceNorm: x is [2, 3]");
        Refused(() => m.NegativeLogLikelihood([0, 3]), "NegativeLogLikelihood: label 1 is 3");
        Refused(() => m.CrossEntropy([0, 1], [1.0, 2]), "CrossEntropy: x is [2, 3], 2 weights");
        Refused(() => m.CrossEntropy([0, 1], smoothing: 1.5), "CrossEntropy: smoothing is 1.5");
        Refused(() => m.CrossEntropy(v), "CrossEntropy: the logits are [2, 3], the target [4]");
        Refused(() => m.KullbackLeibler(v), "KullbackLeibler: x is [2, 3], the target [4]");
        Refused(() => m.SmoothL1(m, beta: 0), "SmoothL1: beta is 0");
        Refused(() => m.Hinge(v), "Hinge: the scores are [2, 3], the target [4]");
        Refused(() => m.CosineSimilarity(V([1, 2], 2, 1)), "CosineSimilarity: a is [2, 3], b is [2, 1]");
        Refused(() => m.Triplet(m, v), "Triplet: the anchor is [2, 3]");
        Refused(() => m.GruCell(m, m, m, v, v), "GruCell: x is [2, 3]");
        Refused(() => v.Pad(0, 4, 0, PadMode.Reflect), "Pad: x is [4], axis 0, before 4");
        Refused(() => v.Pad(0, 1, 0, (PadMode)9), "Pad: mode is 9");
        Refused(() => m.Upsample(2), "Upsample: x is [2, 3]");
        Refused(() => m.PixelShuffle(0), "PixelShuffle: factor is 0");

        static void Refused(Func<object> call, string words)
        {
            string message = Should.Throw<ArgumentException>(() => call()).Message;
            message.ShouldStartWith(words);
            message.ShouldContain("needs");
        }
    }

    [Test]
    public void NothingIsAllocated()
    {
        using var own = new Tape<double>();
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13], ones = [1, 1, 1, 1], weights = [1, 2, 3];
        int[] labels = [1, -1, 2, 0];
        for (int i = 0; i < 20; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Step()
        {
            own.Reset();
            Variable<double> a = own.Variable(x, [1, 4, 3, 1]), gain = own.Constant(ones, [4]);
            Variable<double> y = a.BatchNorm(gain, gain).GroupNorm(2, gain, gain).InstanceNorm(gain, gain).PixelShuffle(2).Upsample(2).Pad(2, 1, 1, PadMode.Reflect);
            Variable<double> rows = a.Reshape([4, 3]);
            Scalar<double> loss = rows.CrossEntropy(labels, weights, -1, 0.1) + rows.NegativeLogLikelihood(labels, weights, -1) + rows.SmoothL1(rows * 2.0) + rows.Triplet(rows * 2.0, rows * 3.0);
            own.Backward(loss + y.Sum());
        }
    }

    private Variable<double> V(double[] values, params int[] shape) => tape.Variable(values, shape);

    private static void Near(Variable<double> got, params double[] expected)
    {
        got.Size.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) got.Values[i].ShouldBe(expected[i], Tolerance);
    }
}
