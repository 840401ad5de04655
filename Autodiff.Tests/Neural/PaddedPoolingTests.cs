using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Pooling with padding, interpolation and convolution of volumes against loops over their definitions.</summary>
public sealed class PaddedPoolingTests
{
    private const double Tolerance = 1e-13;   // sums of few numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [Test]
    public void PaddedPoolingReadsWhatIsThere(
        [Values(1, 2, 3)] int window, [Values(1, 2, 3)] int stride, [Values(0, 1)] int padding, [Values(1, 2)] int dilation, [Values] bool ceilMode, [Values] bool countPadding)
    {
        const int h = 5, w = 7;
        if (padding > ((window - 1) * dilation + 1) / 2) return;
        double[] x = Draw(2 * h * w);
        int[] Starts(int n, int step)
        {
            var starts = new List<int>();
            for (int at = -padding; ; at += stride)
            {
                int end = at + ((window - 1) * step) + 1;
                if (ceilMode ? end - stride >= n + padding || at >= n : end > n + padding) return [.. starts];
                starts.Add(at);
            }
        }

        // rows and columns of a window, and the number that a mean divides by
        IEnumerable<double> Each(int step, Func<double[], int, double> reduce)
        {
            foreach (int plane in (int[])[0, 1])
                foreach (int top in Starts(h, step))
                    foreach (int left in Starts(w, step))
                    {
                        int Size(int start, int n) => Math.Min(start + window, n + padding) - start;
                        double[] seen = [.. from i in Enumerable.Range(0, window) from j in Enumerable.Range(0, window) let r = top + (i * step) let c = left + (j * step)
                                            where r >= 0 && r < h && c >= 0 && c < w select x[(((plane * h) + r) * w) + c]];
                        yield return reduce(seen, countPadding ? Size(top, h) * Size(left, w) : seen.Length);
                    }
        }

        Variable<double> max = V(x, 1, 2, h, w).MaxPool2d(window, stride, padding, dilation, ceilMode);
        max.Shape.ShouldBe([1, 2, Starts(h, dilation).Length, Starts(w, dilation).Length]);
        Near(max, [.. Each(dilation, (seen, _) => seen.Max())]);
        if (padding > window / 2) return;
        Near(V(x, 1, 2, h, w).AvgPool2d(window, stride, padding, ceilMode, countPadding), [.. Each(1, (seen, count) => seen.Sum() / count)]);
    }

    [Test]
    public void PoolingOfSequencesIsThatOfImagesOfHeightOne()
    {
        double[] x = Draw(3 * 8);
        Variable<double> rows = V(x, 1, 3, 8), images = V(x, 1, 3, 1, 8);
        Near(rows.MaxPool1d(3, 2, 2, 2, true), images.MaxPool2d((1, 3), (1, 2), (0, 2), (1, 2), true).Values.ToArray());
        Near(rows.AvgPool1d(3, 2, 1, true, false), images.AvgPool2d((1, 3), (1, 2), (0, 1), true, false).Values.ToArray());
        Near(rows.MaxPool1d(2, ceilMode: true), rows.MaxPool1d(2).Values.ToArray());
        Variable<double> bad = V([double.NaN, 1, 2, double.NegativeInfinity], 1, 1, 4);
        Variable<double> y = bad.MaxPool1d(2, padding: 1);
        Near(y, double.NaN, 2, double.NegativeInfinity);
        tape.Backward(y.Sum())[bad].ToArray().ShouldBe([1, 0, 1, 1]);
        Refused(() => rows.MaxPool1d(3, padding: 2), "MaxPool1d: padding is 2, the window reaches over 3; needs 0 to 1");
        Refused(() => rows.AvgPool1d(3, padding: -1), "AvgPool1d: padding is -1");
        Refused(() => rows.MaxPool1d(3, dilation: -1), "MaxPool1d: dilation is -1");
        Refused(() => rows.MaxPool1d(9, dilation: 2), "MaxPool1d: x is [1, 3, 8], the window reaches over 17");
        Refused(() => images.MaxPool1d(2, padding: 1), "MaxPool1d: x is [1, 3, 1, 8]; needs x: [batch, channels, w]");
        Refused(() => rows.AvgPool2d(2, padding: 1), "AvgPool2d: x is [1, 3, 8]; needs x: [batch, channels, h, w]");
        Refused(() => V([1], 1, 1, 1).MaxPool1d(2, padding: 1, dilation: 2), "window 0 has none");
    }

    [Test]
    public void InterpolationTakesPyTorchsPlaces(
        [Values(1, 2, 3, 5, 8)] int to, [Values] InterpolationMode mode, [Values] bool corners)
    {
        if (corners && mode == InterpolationMode.Nearest) return;
        const int n = 5;
        double[] x = Draw(2 * n), expected = new double[2 * to];
        for (int i = 0; i < 2 * to; i++)
        {
            double[] row = x[(i / to * n)..][..n];
            double at = corners ? (to == 1 ? 0 : (i % to) * (n - 1.0) / (to - 1)) : (((i % to) + 0.5) * n / to) - 0.5;
            double Read(double place) => row[(int)Math.Clamp(place, 0, n - 1)];
            expected[i] = mode switch
            {
                InterpolationMode.Nearest => row[(i % to) * n / to],
                InterpolationMode.Linear => Enumerable.Range(0, n).Sum(k => row[k] * Math.Max(0, 1 - Math.Abs(Math.Clamp(at, 0, n - 1) - k))),
                _ => Enumerable.Range((int)Math.Floor(at) - 1, 4).Sum(k => Read(k) * Keys(Math.Abs(at - k))),
            };
        }

        Near(V(x, 1, 2, n).Interpolate(to, mode, corners), expected);

        // images: along one axis after the other
        double[] image = Draw(3 * n);
        double[] wide = V(image, 1, 3, n).Interpolate(to, mode, corners).Values.ToArray();
        Variable<double> both = V(image, 1, 1, 3, n).Interpolate((4, to), mode, corners), tall = V(wide, 1, 3, to).Permute([0, 2, 1]).Interpolate(4, mode, corners).Permute([0, 2, 1]);
        both.Shape.ShouldBe([1, 1, 4, to]);
        Near(both, tall.Values.ToArray());
        if (!corners && mode == InterpolationMode.Nearest && to == 8) Near(V(x, 1, 1, 2, n).Interpolate((4, 10), mode), V(x, 1, 1, 2, n).Upsample(2).Values.ToArray());

        static double Keys(double d) => d <= 1 ? (1.25 * d * d * d) - (2.25 * d * d) + 1 : d < 2 ? -0.75 * ((d * d * d) - (5 * d * d) + (8 * d) - 4) : 0;
    }

    [TestCase(1.0)]
    [TestCase(2.0)]
    [TestCase(3.0)]
    [TestCase(double.PositiveInfinity)]
    public void NormsOfWindows(double order)
    {
        double[] x = Draw(2 * 5 * 6);
        double Norm(IEnumerable<double> window) => double.IsInfinity(order) ? window.Max(Math.Abs) : Math.Pow(window.Sum(v => Math.Pow(Math.Abs(v), order)), 1 / order);
        double[] expected = [.. from plane in Enumerable.Range(0, 2) from r in Enumerable.Range(0, 2) from s in Enumerable.Range(0, 4)
                             select Norm(from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) select x[(((plane * 5) + (2 * r) + i) * 6) + s + j])];
        Near(V(x, 1, 2, 5, 6).LpPool2d(order, (2, 3), (2, 1)), expected);
        Near(V(x, 2, 5, 6).LpPool1d(order, 2), [.. x.Chunk(2).Select(Norm)]);
        Variable<double> zeros = V(new double[4], 1, 1, 4);
        tape.Backward(zeros.LpPool1d(2, 2).Sum())[zeros].ToArray().ShouldBe(new double[4]);
        Refused(() => zeros.LpPool1d(0.5, 2), "LpPool1d: order is 0.5");
        Refused(() => zeros.LpPool1d(2, 5), "LpPool1d: x is [1, 1, 4], the window 5");
        Refused(() => zeros.LpPool2d(2, 2), "LpPool2d: x is [1, 1, 4]");
    }

    [Test]
    public void UnpoolingPutsMaximaBack()
    {
        double[] x = Draw(2 * 2 * 4 * 6);
        foreach (int padding in (int[])[0, 1])
        {
            Variable<double> all = V(x, 2, 2, 4, 6), y = all.MaxPool2d(2, 0, out ReadOnlySpan<int> places, padding);
            double[] expected = new double[x.Length], values = y.Values.ToArray();
            int[] found = places.ToArray();
            int count = y.Shape[2] * y.Shape[3];
            for (int i = 0; i < values.Length; i++)
            {
                int at = (i / count * 24) + found[i];
                x[at].ShouldBe(values[i]);
                expected[at] = values[i];
            }

            Near(y.MaxUnpool2d(places, (4, 6)), expected);
        }

        Variable<double> one = V([1, 2], 1, 1, 1, 2);
        Refused(() => one.MaxUnpool2d([0], (2, 2)), "MaxUnpool2d: x is [1, 1, 1, 2], 1 places");
        Refused(() => one.MaxUnpool2d([0, 4], (2, 2)), "MaxUnpool2d: place 1 is 4");
    }

    [TestCase(1, 0, 1, 1)]
    [TestCase(2, 1, 1, 2)]
    [TestCase(1, 2, 2, 1)]
    public void ConvolutionOfVolumes(int stride, int padding, int dilation, int groups)
    {
        const int batch = 2, channels = 4, filters = 6;
        int[] n = [4, 3, 5], k = [2, 2, 3], o = [.. n.Zip(k, (a, b) => ((a + (2 * padding) - (dilation * (b - 1)) - 1) / stride) + 1)];
        int own = channels / groups, volume = n[0] * n[1] * n[2], taps = k[0] * k[1] * k[2], cells = o[0] * o[1] * o[2];
        double[] x = Draw(batch * channels * volume), kernel = Draw(filters * own * taps), bias = Draw(filters), expected = new double[batch * filters * cells];
        for (int i = 0; i < expected.Length; i++)
        {
            (int b, int f, int at) = (i / cells / filters, i / cells % filters, i % cells);
            expected[i] = bias[f];
            for (int c = 0; c < own; c++)
                for (int t = 0; t < taps; t++)
                {
                    int p = (at / (o[1] * o[2]) * stride) - padding + (t / (k[1] * k[2]) * dilation), q = (at / o[2] % o[1] * stride) - padding + (t / k[2] % k[1] * dilation), r = (at % o[2] * stride) - padding + (t % k[2] * dilation);
                    if (p < 0 || p >= n[0] || q < 0 || q >= n[1] || r < 0 || r >= n[2]) continue;
                    int channel = (f / (filters / groups) * own) + c;
                    expected[i] += kernel[(((f * own) + c) * taps) + t] * x[(((b * channels) + channel) * volume) + (((p * n[1]) + q) * n[2]) + r];
                }
        }

        Variable<double> y = V(x, batch, channels, n[0], n[1], n[2]).Conv3d(V(kernel, filters, own, k[0], k[1], k[2]), V(bias, filters), stride, padding, dilation, groups);
        y.Shape.ShouldBe([batch, filters, o[0], o[1], o[2]]);
        Near(y, expected);
        Refused(() => V(x, batch, channels, n[0], n[1], n[2]).Conv3d(V(kernel, filters, own, k[0], k[1], k[2]), groups: 3), "Conv3d: x is [2, 4, 4, 3, 5], the kernel [6,");
        Refused(() => V(x, batch, channels, n[0], n[1], n[2]).Conv3d(V(kernel, filters, own, k[0], k[1], k[2]), stride: 0), "Conv3d: stride is 0");
        Refused(() => V([1], 1, 1, 1, 1, 1).Conv3d(V([1, 1], 1, 1, 2, 1, 1)), "Conv3d: x is [1, 1, 1, 1, 1], the kernel [1, 1, 2, 1, 1]");
        Variable<double> cube = V([1], 1, 1, 1, 1, 1), two = V([1, 2], 2);
        int count = tape.Count;
        Refused(() => cube.Conv3d(cube, two, padding: 1), "Conv3d: the bias is [2], the kernel [1, 1, 1, 1, 1]; needs bias: [1]");
        Refused(() => cube.Conv3d(cube, padding: 1 << 20), "Conv3d: x is [1, 1, 1, 1, 1], the kernel [1, 1, 1, 1, 1]");
        Refused(() => V([1, 2], 1, 1, 2).MaxPool1d(2, stride: 1, padding: 1 << 30, dilation: int.MaxValue), "MaxPool1d: ");
        tape.Count.ShouldBe(count + 1);
    }

    [Test]
    public void BadInterpolationIsRefused()
    {
        Variable<double> x = V(Draw(12), 1, 2, 6);
        Refused(() => x.Interpolate((2, 2)), "Interpolate: x is [1, 2, 6]; needs x: [batch, channels, h, w]");
        Refused(() => x.Interpolate(0), "Interpolate: the size is 0");
        Refused(() => x.Interpolate(3, (InterpolationMode)7), "Interpolate: mode is 7");
        Refused(() => x.Interpolate(3, InterpolationMode.Nearest, true), "corners are to be aligned");
        Refused(() => V([], 1, 2, 0).Interpolate(3), "Interpolate: x is [1, 2, 0]");
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
