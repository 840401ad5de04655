using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Losses against loops over their definitions, and at their edges.</summary>
[NonParallelizable] // counts bytes
public sealed class MoreLossTests
{
    private const double Tolerance = 1e-13;   // means of few numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void OfTwoClasses()
    {
        double[] x = [-2, 0.5, 3, -0.1], t = [0, 1, 0.25, 1], p = [0.9, 0.2, 0.5, 0.35];
        static double S(double v) => 1 / (1 + Math.Exp(-v));
        Near(V(p, 4).BinaryCrossEntropy(V(t, 4)), p.Zip(t, (q, u) => -(u * Math.Log(q)) - ((1 - u) * Math.Log(1 - q))).Average());
        Near(V(x, 4).BinaryCrossEntropyWithLogits(V(t, 4), 3.0), x.Zip(t, (v, u) => -(3 * u * Math.Log(S(v))) - ((1 - u) * Math.Log(1 - S(v)))).Average());
        double[] w = [1, 2, 0, 0.5];
        Near(V(x, 2, 2).BinaryCrossEntropyWithLogits(V(t, 2, 2), V([3, 2], 2), V(w, 2, 2)),
            Enumerable.Range(0, 4).Average(i => w[i] * (-((i % 2 == 0 ? 3 : 2) * t[i] * Math.Log(S(x[i]))) - ((1 - t[i]) * Math.Log(1 - S(x[i]))))));
        Near(V(x, 4).BinaryCrossEntropyWithLogits(V(t, 4), 1.0), V(x, 4).BinaryCrossEntropyWithLogits(V(t, 4)).Value);

        double Focal(double v, double u, double gamma)
        {
            double q = S(v), ce = -(u * Math.Log(q)) - ((1 - u) * Math.Log(1 - q)), right = (q * u) + ((1 - q) * (1 - u));
            return ce * Math.Pow(1 - right, gamma);
        }

        Near(V(x, 4).FocalLoss(V(t, 4)), x.Zip(t, (v, u) => ((0.25 * u) + (0.75 * (1 - u))) * Focal(v, u, 2)).Average());
        Near(V(x, 4).FocalLoss(V(t, 4), null, 1.5), x.Zip(t, (v, u) => Focal(v, u, 1.5)).Average());
        Near(V(x, 4).FocalLoss(V(t, 4), null, 0), V(x, 4).BinaryCrossEntropyWithLogits(V(t, 4)).Value);
        Near(V(x, 4).SoftMargin(V([1, -1, 1, -1], 4)), (Math.Log(1 + Math.Exp(2)) + Math.Log(1 + Math.Exp(0.5)) + Math.Log(1 + Math.Exp(-3)) + Math.Log(1 + Math.Exp(-0.1))) / 4);
        Near(V(x, 4).SquaredHinge(V([1, -1, 1, -1], 4)), (9 + 2.25 + 0 + 0.81) / 4);
    }

    [Test]
    public void OfNumbersAndDistributions()
    {
        double[] x = [1, -2, 3], m = [0.5, -1, 3], v = [0.25, 2, 1e-9], counts = [0, 3, 7];
        Near(V(x, 3).MeanAbsoluteError(V(m, 3)), 0.5);
        Near(V(x, 3).GaussianNegativeLogLikelihood(V(m, 3), V(v, 3)), ((Math.Log(0.25) + 1) + (Math.Log(2) + 0.5) + Math.Log(1e-6)) / 6);
        Near(V(x, 3).GaussianNegativeLogLikelihood(V(m, 3), V([2], 1)), (Math.Log(2) / 2) + ((0.125 + 0.5) / 6));
        Variable<double> variance = V(v, 3);
        tape.Backward(V(x, 3).GaussianNegativeLogLikelihood(V(m, 3), variance))[variance].ToArray().ShouldBe([0, 0.5 * (1 - 0.5) / 2 / 3, 0], 1e-15);
        Near(V(x, 3).PoissonNegativeLogLikelihood(V(counts, 3)), (Math.E + (Math.Exp(-2) + 6) + (Math.Exp(3) - 21)) / 3);
        Near(V([1, 2, 3], 3).PoissonNegativeLogLikelihood(V(counts, 3), isLog: false, full: true, epsilon: 0),
            (1 + (2 - (3 * Math.Log(2))) + (3 - (7 * Math.Log(3))) + Math.Log(6) + Math.Log(5040)) / 3);
        Near(V([double.NegativeInfinity], 1).PoissonNegativeLogLikelihood(V([0], 1)), 0);
    }

    // at a factor of 0, too, where the value leaves an infinite loss out
    [TestCase(0.3, 0, 2)]
    [TestCase(0, 0, 2)]
    [TestCase(0.3, 1, 0)]
    [TestCase(0.3, 0, 0)]
    public void MixedSecondDerivativesOfWeightedCrossEntropyAreEqual(double x, double t, double p)
    {
        Scalar<double> logit = tape.Variable(x), target = tape.Variable(t), weight = tape.Variable(p), y = Scalar<double>.Apply<WeightedBinaryCrossEntropy>(logit, target, weight);
        double expected = Math.Log(1 + Math.Exp(-x));
        tape.Gradient(tape.Gradient(y, weight), target).Value.ShouldBe(expected, 1e-15);
        tape.Gradient(tape.Gradient(y, target), weight).Value.ShouldBe(expected, 1e-15);
    }

    [Test]
    public void WhereTheValueIsNaNSoIsTheSlope()
    {
        Variable<double> p = V([-0.5, 1.5, 0.5], 3), slope = V([1, 0], 1, 2);
        double[] got = tape.Backward(Variable<double>.Apply<BinaryCrossEntropy>(p, V([0, 1, 1], 3)).Sum())[p].ToArray();
        got.Select(double.IsNaN).ShouldBe([true, true, false]);
        slope.CosineEmbedding(V([0, 1], 1, 2), V([double.NaN], 1)).Value.ShouldBe(double.NaN);
        slope.MultiMargin([0], weights: [0, 1]).Value.ShouldBe(0);
        V([double.NaN, 0], 1, 2).MultiMargin([0], weights: [0, 1]).Value.ShouldBe(0);
        Variable<double> variance = V([0.5], 1);
        tape.Backward(V([1], 1).GaussianNegativeLogLikelihood(V([0], 1), variance, 0.5))[variance].ToArray().ShouldBe([-1.0]);
    }

    [Test]
    public void OfPairsAndRanks()
    {
        Variable<double> a = V([1, 0, 3, 4], 2, 2), b = V([1, 1, 0, 0], 2, 2);
        Near(a.Contrastive(b, V([1, 0], 2), margin: 7), ((0.5 * 1) + (0.5 * 4)) / 2);
        Near(a.Contrastive(b, V([0, 0], 2), margin: 1), 0);
        Near(a.CosineEmbedding(V([1, 1, 4, 3], 2, 2), V([1, -1], 2), 0.5), ((1 - Math.Sqrt(0.5)) + (0.96 - 0.5)) / 2);
        Near(V([1, 2, 3], 3).MarginRanking(V([2, 2, 2], 3), V([1, -1, 1], 3), 0.5), (1.5 + 0.5 + 0) / 3);
        double[] x = [0.5, 2, -1, 1, 0.2, 0.9], w = [1, 2, 0.5];
        int[] labels = [1, 2];
        foreach (int power in (int[])[1, 2])
        {
            double expected = Enumerable.Range(0, 6).Where(i => i % 3 != labels[i / 3]).Sum(i => w[labels[i / 3]] * Math.Pow(Math.Max(0, 1.25 - x[(i / 3 * 3) + labels[i / 3]] + x[i]), power));
            Near(V(x, 2, 3).MultiMargin(labels, power, 1.25, w), expected / 6);
        }

        Near(V(x, 2, 3).MultiMargin(labels), Enumerable.Range(0, 6).Where(i => i % 3 != labels[i / 3]).Sum(i => Math.Max(0, 1 - x[(i / 3 * 3) + labels[i / 3]] + x[i])) / 6);
    }

    [Test]
    public void ExistingLossesAtTheirEdges()
    {
        const double no = double.NegativeInfinity;

        // soft targets: a class that is excluded and not wanted costs nothing and gets nothing
        Variable<double> x = V([1, no, 2], 1, 3), t = V([0.25, 0, 0.75], 1, 3);
        Scalar<double> loss = x.CrossEntropy(t);
        loss.Value.ShouldBe(Math.Log(Math.E + Math.Exp(2)) - 0.25 - 1.5, Tolerance);
        double share = 1 / (1 + Math.E);
        Close(tape.Backward(loss)[x], share - 0.25, 0, 0.25 - share);
        x.CrossEntropy(V([0.25, 0.25, 0.5], 1, 3)).Value.ShouldBe(double.PositiveInfinity);

        // all rows ignored: NaN, and nothing moves; a class of weight 0 neither, whatever it holds
        Variable<double> bad = V([double.NaN, 1, 2, 3], 2, 2);
        Scalar<double> none = bad.CrossEntropy([-100, -100], ignored: -100);
        none.Value.ShouldBe(double.NaN);
        tape.Backward(none)[bad].ToArray().ShouldBe([0, 0, 0, 0]);
        Scalar<double> weighed = V([no, 1, 2, 3], 2, 2).CrossEntropy([0, 1], [0, 1]);
        weighed.Value.ShouldBe(Math.Log(1 + Math.Exp(-1)), Tolerance);
        Variable<double> excluded = V([no, 1, 2, 3], 2, 2);
        Close(tape.Backward(excluded.CrossEntropy([0, 1], [0, 1]))[excluded], 0, 0, 1 / (1 + Math.E), -1 / (1 + Math.E));
        Refused(() => bad.CrossEntropy([0, 2]), "CrossEntropy: label 1 is 2");
        Refused(() => bad.CrossEntropy([-1, 0], ignored: -100), "CrossEntropy: label 0 is -1");

        // Kullback–Leibler with zero targets
        Variable<double> log = V([no, 0], 1, 2);
        Scalar<double> divergence = log.KullbackLeibler(V([0, 1], 1, 2));
        divergence.Value.ShouldBe(0);
        Close(tape.Backward(divergence)[log], 0, -1);

        // a target that no path gives, beside one that has paths
        Variable<double> two = V([0, -1, -2, -3, -1, -2, -3, -1], 2, 2, 2);
        Scalar<double> ctc = two.CtcLoss([1, 1, 1], [1, 2]);
        ctc.Value.ShouldBe(double.PositiveInfinity);
        double[] g = tape.Backward(ctc)[two].ToArray();
        double[] alone = tape.Backward(two.Slice(1, 0, 1).CtcLoss([1], [1]))[two].ToArray();
        for (int i = 0; i < 8; i++) g[i].ShouldBe(i % 4 < 2 ? alone[i] / 2 : 0, Tolerance);
        g.ShouldAllBe(v => double.IsFinite(v));
    }

    [Test]
    public void NothingIsAllocated()
    {
        using var own = new Tape<double>();
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13], signs = [1, -1, 1, -1], weights = [1, 2, 3];
        int[] labels = [1, 0, 2, 0];
        var random = new Random(1);
        for (int i = 0; i < 20; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Step()
        {
            own.Reset();
            Variable<double> rows = own.Variable(x, [4, 3]), t = own.Constant(signs, [4]), p = rows.Softmax(1), image = rows.Reshape([1, 1, 4, 3]);
            Scalar<double> loss = p.BinaryCrossEntropy(p * 0.5) + rows.BinaryCrossEntropyWithLogits(p, 2.0, p) + rows.MeanAbsoluteError(p) + rows.GaussianNegativeLogLikelihood(p, p);
            loss += p.PoissonNegativeLogLikelihood(p, full: true) + rows.FocalLoss(p) + rows.Contrastive(p, t) + rows.CosineEmbedding(p, t) + rows.MarginRanking(p, p) + rows.SoftMargin(p);
            loss += rows.SquaredHinge(p) + rows.MultiMargin(labels, 2, 1, weights) + image.MaxPool2d(2, 0, out ReadOnlySpan<int> places, 1).MaxUnpool2d(places, (4, 3)).Sum();
            loss += image.AvgPool2d(2, padding: 1, countPadding: false).Sum() + image.Interpolate((5, 5), InterpolationMode.Cubic).Square().Sum() + image.LpPool2d(3, 2).Sum();
            loss += Variable.MultiHeadAttention(rows, rows, rows, 2, rows, rows, new(rows.Slice(0, 0, 2), t.Slice(0, 0, 2)), rows.Slice(1, 0, 2), causal: true).Sum();
            loss += rows.Slice(1, 0, 2).RotaryEmbedding().Sparsemax(0).Sum() + rows.GumbelSoftmax(1, random, true).Sum() + rows.Normalize().WeightNorm(t).Sum() + rows.AlphaDropout(0.5, random).Sum();
            loss += image.ChannelDropout(0.5, random).LocalResponseNorm(2).Sum() + image.PixelUnshuffle(1).ChannelShuffle(1).Sum() + rows.Reshape([1, 1, 2, 2, 3]).Conv3d(image.Reshape([2, 1, 1, 2, 3])).Sum();
            own.Backward(loss);
        }
    }

    [Test]
    public void BadInputIsRefusedByName()
    {
        Variable<double> m = V([1, 2, 3, 4, 5, 6], 2, 3), v = V([1, 2, 3, 4], 4);
        Refused(() => m.BinaryCrossEntropy(v), "BinaryCrossEntropy: the probabilities are [2, 3], the target [4]");
        Refused(() => m.BinaryCrossEntropyWithLogits(v, 1.0), "BinaryCrossEntropyWithLogits: the logits are [2, 3], the target [4]");
        Refused(() => m.BinaryCrossEntropyWithLogits(m, v), "BinaryCrossEntropyWithLogits: a is [2, 3], b is [4]");
        Refused(() => m.BinaryCrossEntropyWithLogits(m, 1.0, m.Reshape([2, 1, 3])), "a weight [2, 1, 3]");
        Refused(() => m.MeanAbsoluteError(v), "MeanAbsoluteError: x is [2, 3]");
        Refused(() => m.GaussianNegativeLogLikelihood(v, m), "GaussianNegativeLogLikelihood: x is [2, 3], the mean [4]");
        Refused(() => m.GaussianNegativeLogLikelihood(m, m, -1), "epsilon is -1");
        Refused(() => m.PoissonNegativeLogLikelihood(v), "PoissonNegativeLogLikelihood: x is [2, 3]");
        Refused(() => m.FocalLoss(v), "FocalLoss: the logits are [2, 3]");
        Refused(() => m.FocalLoss(m, 0.25, -1), "FocalLoss: gamma is -1");
        Refused(() => m.FocalLoss(m, 1.5), "FocalLoss: alpha is 1.5");
        Refused(() => m.Contrastive(m, v), "Contrastive: a is [2, 3], b is [2, 3], the target [4]");
        Refused(() => m.Contrastive(m, V([1, 1], 2), double.NaN), "Contrastive: margin is NaN");
        Refused(() => m.CosineEmbedding(v, v), "CosineEmbedding: a is [2, 3]");
        Refused(() => m.CosineEmbedding(m, V([1, 1], 2), 2), "CosineEmbedding: margin is 2");
        Refused(() => m.MarginRanking(m, v), "MarginRanking: a is [2, 3]");
        Refused(() => m.MarginRanking(m, m, double.PositiveInfinity), "MarginRanking: margin is");
        Refused(() => m.SoftMargin(v), "SoftMargin: the scores are [2, 3]");
        Refused(() => m.SquaredHinge(v), "SquaredHinge: the scores are [2, 3]");
        Refused(() => m.MultiMargin([0, 3]), "MultiMargin: label 1 is 3");
        Refused(() => m.MultiMargin([0, 1], 3), "MultiMargin: power is 3");
        Refused(() => m.MultiMargin([0, 1], weights: [1]), "MultiMargin: x is [2, 3], 1 weights");
    }

    private static void Refused(Func<object> call, string words)
    {
        string message = Should.Throw<ArgumentException>(() => call()).Message;
        message.ShouldContain(words);
        message.ShouldContain("needs");
    }

    private static void Near(Scalar<double> got, double expected) => got.Value.ShouldBe(expected, Tolerance);

    private static void Close(ReadOnlySpan<double> got, params double[] expected)
    {
        got.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) got[i].ShouldBe(expected[i], Tolerance);
    }

    private Variable<double> V(double[] values, params int[] shape) => tape.Variable(values, shape);
}
