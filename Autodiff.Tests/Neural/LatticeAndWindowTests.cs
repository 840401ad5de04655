using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Transposed convolution, adaptive pooling, patches, CTC and masked attention against loops over their definitions.</summary>
public sealed class LatticeAndWindowTests
{
    private const double Tolerance = 1e-13;   // sums of few numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [TestCase(1, 0, 0, 1, 1)]
    [TestCase(2, 1, 1, 1, 2)]
    [TestCase(3, 2, 0, 2, 1)]
    public void TransposedConvolutionAddsUpKernels(int stride, int padding, int output, int dilation, int groups)
    {
        const int h = 3, w = 2, kh = 2, kw = 3, channels = 4, filters = 2;
        double[] x = Draw(2 * channels * h * w), k = Draw(channels * filters * kh * kw), bias = Draw(filters * groups);
        Variable<double> y = V(x, 2, channels, h, w).ConvTranspose2d(V(k, channels, filters, kh, kw), V(bias, filters * groups), stride, padding, output, dilation, groups);
        int oh = ((h - 1) * stride) - (2 * padding) + (dilation * (kh - 1)) + output + 1, ow = ((w - 1) * stride) - (2 * padding) + (dilation * (kw - 1)) + output + 1;
        y.Shape.ShouldBe([2, filters * groups, oh, ow]);
        double[] expected = [.. Enumerable.Range(0, y.Size).Select(i => bias[i / (oh * ow) % bias.Length])];
        for (int b = 0; b < 2; b++)
            for (int c = 0; c < channels; c++)
                for (int o = 0; o < filters; o++)
                    for (int p = 0; p < h * w; p++)
                        for (int t = 0; t < kh * kw; t++)
                        {
                            int r = (p / w * stride) - padding + (t / kw * dilation), s = (p % w * stride) - padding + (t % kw * dilation), f = (c / (channels / groups) * filters) + o;
                            if (r >= 0 && r < oh && s >= 0 && s < ow)
                                expected[(((((b * bias.Length) + f) * oh) + r) * ow) + s] += x[(((b * channels) + c) * h * w) + p] * k[(((c * filters) + o) * kh * kw) + t];
                        }

        Near(y, expected);
        Variable<double> rows = V(x, 2, channels, h * w).ConvTranspose1d(V(k, channels, filters, kh * kw), stride, padding, output, dilation, groups);
        Variable<double> images = V(x, 2, channels, 1, h * w).ConvTranspose2d(V(k, channels, filters, 1, kh * kw).Pad(2, padding, padding), stride, padding, output, 1, groups);
        if (dilation == 1 && output == 0) Near(rows, images.Values.ToArray());
    }

    [Test]
    public void AdaptivePoolingCoversEvenly()
    {
        double[] x = Draw(2 * 5 * 7);
        double[] means = V(x, 1, 2, 5, 7).AdaptiveAvgPool2d((3, 4)).Values.ToArray(), maxima = V(x, 1, 2, 5, 7).AdaptiveMaxPool2d((3, 4)).Values.ToArray();
        for (int i = 0; i < means.Length; i++)
        {
            (int c, int r, int s) = (i / 12, i / 4 % 3, i % 4);
            double[] window = [.. from p in Enumerable.Range(r * 5 / 3, (((r + 1) * 5) + 2) / 3 - (r * 5 / 3)) from q in Enumerable.Range(s * 7 / 4, (((s + 1) * 7) + 3) / 4 - (s * 7 / 4)) select x[(c * 35) + (p * 7) + q]];
            means[i].ShouldBe(window.Average(), Tolerance);
            maxima[i].ShouldBe(window.Max());
        }

        Near(V(x, 2, 5, 7).AdaptiveAvgPool1d(1), [.. x.Chunk(7).Select(row => row.Average())]);
        Near(V(x, 1, 1, 7, 10).AdaptiveAvgPool2d((7, 5)), V(x, 1, 1, 7, 10).AvgPool2d((1, 2)).Values.ToArray());
        Near(V([1, double.NaN, 3], 1, 1, 3).AdaptiveMaxPool1d(3), [1, double.NaN, 3]);
        Near(V([1, 2], 1, 1, 2).AdaptiveMaxPool1d(4), [1, 1, 2, 2]);
        Refused(() => V(x, 10, 7).AdaptiveAvgPool1d(2), "AdaptiveAvgPool1d: x is [10, 7]");
        Refused(() => V(x, 2, 5, 7).AdaptiveMaxPool1d(0), "AdaptiveMaxPool1d: the size is 0");
    }

    [Test]
    public void PatchesAreWhatConvolutionsSee()
    {
        Variable<double> x = V(Draw(2 * 3 * 4 * 5), 2, 3, 4, 5), kernel = V(Draw(2 * 3 * 2 * 3), 2, 3, 2, 3), columns = x.Unfold2d((2, 3), 2, 1, 2);
        Near(kernel.Reshape([2, 18]).MatMul(columns), x.Conv2d(kernel, stride: 2, padding: 1, dilation: 2).Values.ToArray());
        Near(V([1, 1, 1, 1], 1, 2, 2).Fold2d((1, 3), (1, 2)), [1, 2, 1]);
        Near(V([1, 2, 3, 4, 5], 5).Unfold(0, 3, 2), [1, 2, 3, 3, 4, 5]);
        Near(V([1, 2, 3, 4, 5, 6], 3, 2).Unfold(0, 2), [1, 3, 2, 4, 3, 5, 4, 6]);
        Refused(() => x.Unfold2d((9, 9)), "Unfold2d: the images are [4, 5]");
        Refused(() => columns.Fold2d((9, 9), (2, 3)), "Fold2d: x is [2, 18, 4]");
        Refused(() => x.Unfold(0, 3), "Unfold: size is 3");
    }

    [Test]
    public void CtcIsTheSumOverAllPaths()
    {
        const int steps = 4, classes = 3;
        Variable<double> x = V(Draw(steps * 3 * classes), steps, 3, classes).LogSoftmax(2);
        int[] targets = [1, 1, 2], lengths = [2, 1, 0], inputs = [4, 3, 2];
        double[] log = x.Values.ToArray();
        double expected = 0;
        for (int n = 0, first = 0; n < 3; first += lengths[n++])
        {
            double sum = 0;
            for (int path = 0; path < Math.Pow(classes, inputs[n]); path++)
            {
                int[] labels = [.. Enumerable.Range(0, inputs[n]).Select(t => path / (int)Math.Pow(classes, t) % classes)];
                int[] read = [.. labels.Where((c, t) => c != 0 && (t == 0 || c != labels[t - 1]))];
                if (read.SequenceEqual(targets.Skip(first).Take(lengths[n]))) sum += Math.Exp(labels.Select((c, t) => log[(((t * 3) + n) * classes) + c]).Sum());
            }

            expected -= Math.Log(sum) / 3 / Math.Max(1, lengths[n]);
        }

        Near(x.CtcLoss(targets, lengths, inputs), [expected]);

        // what no path gives is infinitely wrong and moves nothing; what lies behind a sequence's end is not read
        Variable<double> bad = V([0, -1, -2, -3, double.NaN, double.NaN], 3, 1, 2);
        Scalar<double> loss = bad.CtcLoss([1, 1], [2], [2]);
        loss.Value.ShouldBe(double.PositiveInfinity);
        tape.Backward(loss)[bad].ToArray().ShouldBe([0, 0, 0, 0, 0, 0]);
        tape.Backward(bad.CtcLoss([1], [1], [2]))[bad].ToArray()[4..].ShouldBe([0, 0]);
        Refused(() => x.CtcLoss([0], [1]), "CtcLoss: x is [4, 3, 3]");
        Refused(() => x.CtcLoss([0, 1, 1], [1, 1, 1]), "CtcLoss: a target has class 0");
        Refused(() => x.CtcLoss([2, 1, 1], [1, 1, 1], [4, 4, 5]), "CtcLoss: a sequence's length is 5");
        Refused(() => x.CtcLoss([2, 1, 1], [1, 1, 1], blank: 3), "CtcLoss: blank is 3");
    }

    [Test]
    public void AMaskExcludesKeys()
    {
        Variable<double> q = V(Draw(2 * 3 * 2), 2, 3, 2), k = V(Draw(2 * 3 * 2), 2, 3, 2), v = V(Draw(2 * 3 * 2), 2, 3, 2), none = V(new double[9], 3, 3);
        Near(Variable.ScaledDotProductAttention(q, k, v, none), Variable.ScaledDotProductAttention(q, k, v).Values.ToArray());
        Near(Variable.ScaledDotProductAttention(q, k, v, none, causal: true), Variable.ScaledDotProductAttention(q, k, v, causal: true).Values.ToArray());

        // padding: the third key of the first sequence, all keys of the second
        double no = double.NegativeInfinity;
        Variable<double> mask = tape.Constant([0, 0, no, no, no, no], [2, 1, 3]), y = Variable.ScaledDotProductAttention(q, k, v, mask);
        Near(y.Slice(0, 0, 1), Variable.ScaledDotProductAttention(q.Slice(0, 0, 1), k.Slice(0, 0, 1).Slice(1, 0, 2), v.Slice(0, 0, 1).Slice(1, 0, 2)).Values.ToArray());
        Near(y.Slice(0, 1, 1), new double[6]);
        Gradients<double> g = tape.Backward(y.Square().Sum());
        foreach (Variable<double> input in new[] { q, k, v }) g[input][6..].ToArray().ShouldBe(new double[6]);
        Refused(() => Variable.ScaledDotProductAttention(q, k, v, V([0, 0], 2)), "the mask [2]; needs a mask that broadcasts to [..., 3, 3]");
    }

    [Test]
    public void BadConvolutionsAreRefused()
    {
        Variable<double> x = V(Draw(8), 1, 2, 2, 2), kernel = V(Draw(8), 2, 1, 2, 2);
        Refused(() => x.ConvTranspose2d(V(Draw(4), 1, 1, 2, 2)), "ConvTranspose2d: x is [1, 2, 2, 2], the kernel [1, 1, 2, 2]");
        Refused(() => x.ConvTranspose2d(kernel, padding: 2), "ConvTranspose2d: x is [1, 2, 2, 2], the kernel [2, 1, 2, 2], the padding 2");
        Refused(() => x.ConvTranspose2d(kernel, outputPadding: 1), "ConvTranspose2d: outputPadding is 1, the stride 1");
        Refused(() => x.ConvTranspose2d(kernel, V([1, 2], 2)), "ConvTranspose2d: the bias is [2]");
        Refused(() => x.ConvTranspose1d(kernel), "ConvTranspose1d: x is [1, 2, 2, 2]");
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
            if (!(double.IsNaN(expected[i]) && double.IsNaN(values[i]))) values[i].ShouldBe(expected[i], Tolerance, $"at {i}");
    }

    private Variable<double> V(double[] values, params int[] shape) => tape.Variable(values, shape);
}
