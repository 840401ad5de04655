using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Neural;

/// <summary>Attention by one head and by several, places told by turning, and sampled or sparse weights, against loops over their definitions.</summary>
public sealed class AttentionTests
{
    private const double Tolerance = 1e-13;   // sums of few numbers near 1

    private readonly Tape<double> tape = new();

    [OneTimeTearDown]
    public void Dispose() => tape.Dispose();

    [TestCase(3, 3)]
    [TestCase(2, 5)]
    [TestCase(5, 2)]
    public void A_query_reads_keys_up_to_its_own_place(int l, int s)
    {
        const int d = 2, e = 3, batch = 4;
        double[] q = Draw(batch * l * d), k = Draw(batch * s * d), v = Draw(batch * s * e);
        foreach (bool causal in (bool[])[false, true])
        {
            double[] expected = [.. Enumerable.Range(0, batch).SelectMany(b => Attend(q[(b * l * d)..], k[(b * s * d)..], v[(b * s * e)..], l, s, d, e, causal ? (i, j) => j <= i ? 0 : double.NegativeInfinity : (_, _) => 0))];
            Near(Variable.ScaledDotProductAttention(V(q, 2, 2, l, d), V(k, 2, 2, s, d), V(v, 2, 2, s, e), causal), expected);
        }

        // a mask for each sequence, and one for each head, both broadcast
        double[] mask = Draw(2 * l * s);
        double[] shifted = [.. Enumerable.Range(0, batch).SelectMany(b => Attend(q[(b * l * d)..], k[(b * s * d)..], v[(b * s * e)..], l, s, d, e, (i, j) => mask[(b / 2 * l * s) + (i * s) + j]))];
        Near(Variable.ScaledDotProductAttention(V(q, 2, 2, l, d), V(k, 2, 2, s, d), V(v, 2, 2, s, e), V(mask, 2, 1, l, s)), shifted);
        shifted = [.. Enumerable.Range(0, batch).SelectMany(b => Attend(q[(b * l * d)..], k[(b * s * d)..], v[(b * s * e)..], l, s, d, e, (i, j) => mask[(b % 2 * l * s) + (i * s) + j]))];
        Near(Variable.ScaledDotProductAttention(V(q, 2, 2, l, d), V(k, 2, 2, s, d), V(v, 2, 2, s, e), V(mask, 2, l, s)), shifted);

        // queries at the end of their keys, as the comment says
        if (s < l) return;
        Variable<double> end = tape.Constant([.. Enumerable.Repeat(double.NegativeInfinity, l * s)], [l, s]).Triu(s - l + 1);
        expected2([.. Enumerable.Range(0, batch).SelectMany(b => Attend(q[(b * l * d)..], k[(b * s * d)..], v[(b * s * e)..], l, s, d, e, (i, j) => j <= i + s - l ? 0 : double.NegativeInfinity))]);
        void expected2(double[] wanted) => Near(Variable.ScaledDotProductAttention(V(q, 2, 2, l, d), V(k, 2, 2, s, d), V(v, 2, 2, s, e), end), wanted);
    }

    [TestCase(4, 4)]
    [TestCase(4, 2)]
    [TestCase(4, 1)]
    public void Heads_read_apart_and_are_joined(int heads, int keyHeads)
    {
        const int batch = 2, l = 3, s = 5, n = 3, m = 4, d = 2, e = 3, width = 5;
        double[] x = Draw(batch * l * n), y = Draw(batch * s * m), wq = Draw(heads * d * n), wk = Draw(keyHeads * d * m), wv = Draw(keyHeads * e * m), wo = Draw(width * heads * e), bq = Draw(heads * d), bo = Draw(width);
        double[] mask = Draw(batch * heads * l * s);
        double[] expected = new double[batch * l * width];
        for (int b = 0; b < batch; b++)
        {
            double[] read = new double[l * heads * e];
            for (int h = 0; h < heads; h++)
            {
                int g = h / (heads / keyHeads);
                double[] q = Project(x[(b * l * n)..], wq[(h * d * n)..], bq[(h * d)..], l, n, d), k = Project(y[(b * s * m)..], wk[(g * d * m)..], null, s, m, d), v = Project(y[(b * s * m)..], wv[(g * e * m)..], null, s, m, e);
                double[] one = Attend(q, k, v, l, s, d, e, (i, j) => mask[(((((b * heads) + h) * l) + i) * s) + j] + (j <= i ? 0 : double.NegativeInfinity));
                for (int i = 0; i < l; i++) one.AsSpan(i * e, e).CopyTo(read.AsSpan((i * heads * e) + (h * e)));
            }

            Project(read, wo, bo, l, heads * e, width).CopyTo(expected, b * l * width);
        }

        Variable<double> keys = V(y, batch, s, m);
        Variable<double> got = Variable.MultiHeadAttention(V(x, batch, l, n), keys, keys, heads, new(V(wq, heads * d, n), V(bq, heads * d)), V(wk, keyHeads * d, m), V(wv, keyHeads * e, m),
            new(V(wo, width, heads * e), V(bo, width)), V(mask, batch, heads, l, s), causal: true);
        got.Shape.ShouldBe([batch, l, width]);
        Near(got, expected);

        // one sequence without a batch, one mask for all heads
        Variable<double> first = V(y[..(s * m)], s, m);
        Variable<double> alone = Variable.MultiHeadAttention(V(x[..(l * n)], l, n), first, first, heads, V(wq, heads * d, n), V(wk, keyHeads * d, m), V(wv, keyHeads * e, m), V(wo, width, heads * e), V(mask[..(l * s)], 1, l, s));
        Variable<double> batched = Variable.MultiHeadAttention(V(x, batch, l, n), keys, keys, heads, V(wq, heads * d, n), V(wk, keyHeads * d, m), V(wv, keyHeads * e, m), V(wo, width, heads * e), V(mask[..(l * s)], l, s));
        Near(alone, batched.Values[..(l * width)].ToArray());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Places_are_told_by_turning(bool halves)
    {
        const int l = 3, d = 6, offset = 5;
        double[] x = Draw(2 * l * d), expected = new double[2 * l * d];
        for (int row = 0; row < 2 * l; row++)
            for (int i = 0; i < d / 2; i++)
            {
                double angle = (offset + (row % l)) * Math.Pow(100, -2.0 * i / d);
                (int a, int b) = halves ? (i, i + (d / 2)) : (2 * i, (2 * i) + 1);
                expected[(row * d) + a] = (x[(row * d) + a] * Math.Cos(angle)) - (x[(row * d) + b] * Math.Sin(angle));
                expected[(row * d) + b] = (x[(row * d) + a] * Math.Sin(angle)) + (x[(row * d) + b] * Math.Cos(angle));
            }

        Near(V(x, 2, l, d).RotaryEmbedding(offset, 100, halves), expected);

        // the dot product of two depends on the distance of their places
        Variable<double> q = V(x[..d], 1, d), k = V(x[d..(2 * d)], 1, d);
        double Score(int p, int r) => (q.RotaryEmbedding(p, halves: halves) * k.RotaryEmbedding(r, halves: halves)).Sum().Value;
        Score(7, 3).ShouldBe(Score(104, 100), Tolerance);
        Score(7, 7).ShouldBe((q * k).Sum().Value, Tolerance);
        Refused(() => V(x, 4, 9).RotaryEmbedding(), "RotaryEmbedding: x is [4, 9]");
        Refused(() => q.RotaryEmbedding(0, 0), "RotaryEmbedding: base is 0");
    }

    [Test]
    public void Sparsemax_is_the_nearest_point_of_the_simplex()
    {
        Near(V([0.5, 0.1, -3], 3).Sparsemax(0), 0.7, 0.3, 0);
        Near(V([5, 1, 1], 3).Sparsemax(0), 1, 0, 0);
        Near(V([1e300, 1e300], 2).Sparsemax(0), 0.5, 0.5);
        Near(V([2, double.NegativeInfinity], 2).Sparsemax(0), 1, 0);
        double[] x = Draw(3 * 4 * 2);
        double[] y = V(x, 3, 4, 2).Sparsemax(1).Values.ToArray();
        for (int lane = 0; lane < 6; lane++)
        {
            // what is in the support lies above the rest by one and the same number, and nothing that is left out would
            int first = (lane / 2 * 8) + (lane % 2);
            double[] p = [.. Enumerable.Range(0, 4).Select(i => y[first + (2 * i)])], v = [.. Enumerable.Range(0, 4).Select(i => x[first + (2 * i)])];
            p.Sum().ShouldBe(1, Tolerance);
            double tau = Enumerable.Range(0, 4).Where(i => p[i] > 0).Select(i => v[i] - p[i]).First();
            for (int i = 0; i < 4; i++) p[i].ShouldBe(Math.Max(0, v[i] - tau), Tolerance);
        }

        V([], 0, 3).Sparsemax(1).Shape.ShouldBe([0, 3]);
        Refused(() => V(x, 24).Sparsemax(1), "Sparsemax: axis is 1");
    }

    [Test]
    public void Samples_of_classes_follow_their_probabilities()
    {
        double[] logits = [.. Enumerable.Range(0, 4000).SelectMany(_ => (double[])[0, Math.Log(3), double.NegativeInfinity])];
        Variable<double> x = V(logits, 4000, 3), hard = x.GumbelSoftmax(0.5, new Random(1), hard: true), soft = x.GumbelSoftmax(0.5, new Random(1));
        double[] drawn = hard.Values.ToArray();
        foreach (double[] row in drawn.Chunk(3)) row.Order().ShouldBe([0, 0, 1]);
        drawn.Where((_, i) => i % 3 == 1).Average().ShouldBe(0.75, 0.02);   // three standard deviations
        drawn.Where((_, i) => i % 3 == 2).Sum().ShouldBe(0);
        double[] weights = Draw(12000);
        double[] straight = tape.Backward(hard, weights)[x].ToArray();
        straight.ShouldBe(tape.Backward(soft, weights)[x].ToArray());
        straight.ShouldAllBe(g => double.IsFinite(g));
        soft.Values.ToArray().ShouldBe(x.GumbelSoftmax(0.5, new Random(1)).Values.ToArray());
        Refused(() => x.GumbelSoftmax(0, new Random(1)), "GumbelSoftmax: temperature is 0");
        Refused(() => x.GumbelSoftmax(1, new Random(1), axis: 2), "GumbelSoftmax: axis is 2");
    }

    [Test]
    public void Bad_heads_are_refused()
    {
        Variable<double> x = V(Draw(6), 3, 2), w = V(Draw(8), 4, 2), o = V(Draw(4), 1, 4);
        Refused(() => Variable.MultiHeadAttention(x, x, x, 0, w, w, w, o), "MultiHeadAttention: heads is 0");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 3, w, w, w, o), "MultiHeadAttention: heads is 3, the weights are [4, 2], [4, 2] and [4, 2]");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, w, w, w, w), "MultiHeadAttention: x is [3, 4], the weight [4, 2]");
        Refused(() => Variable.MultiHeadAttention(x, x.Reshape([2, 3]), x, 2, w, w, w, o), "MultiHeadAttention: the query is [3, 2], the key [2, 3]");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, new(w, V([1, 2], 2)), w, w, o), "MultiHeadAttention: the weight is [4, 2], the bias [2]");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, w, w, w, o, V(Draw(4), 2, 2)), "the mask [2, 2]");
        Variable<double> narrow = V(Draw(4), 2, 2), grouped = V(Draw(18), 2, 3, 3), late = V(Draw(12), 4, 1, 3);
        int count = tape.Count;
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, w, w, w, w), "MultiHeadAttention: x is [3, 4]");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 3, w, w, w, o), "MultiHeadAttention: heads is 3");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, w, w, w, o, narrow), "MultiHeadAttention: heads is 2, the mask [2, 2]");
        Refused(() => Variable.MultiHeadAttention(x, x, x, 2, w, narrow, narrow, o, late), "MultiHeadAttention: heads is 2, the mask [4, 1, 3]");
        tape.Count.ShouldBe(count);
        Variable.MultiHeadAttention(x, x, x, 2, w, narrow, narrow, o, grouped).Shape.ShouldBe([3, 1]);
    }

    private static double[] Project(double[] x, double[] w, double[]? bias, int rows, int n, int width)
        => [.. from i in Enumerable.Range(0, rows) from o in Enumerable.Range(0, width) select (bias?[o] ?? 0) + Enumerable.Range(0, n).Sum(k => x[(i * n) + k] * w[(o * n) + k])];

    private static double[] Attend(double[] q, double[] k, double[] v, int l, int s, int d, int e, Func<int, int, double> mask)
    {
        double[] y = new double[l * e];
        for (int i = 0; i < l; i++)
        {
            double[] weights = [.. Enumerable.Range(0, s).Select(j => Math.Exp((Enumerable.Range(0, d).Sum(c => q[(i * d) + c] * k[(j * d) + c]) / Math.Sqrt(d)) + mask(i, j)))];
            for (int c = 0; c < e; c++) y[(i * e) + c] = Enumerable.Range(0, s).Sum(j => weights[j] * v[(j * e) + c]) / weights.Sum();
        }

        return y;
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
        for (int i = 0; i < values.Length; i++) values[i].ShouldBe(expected[i], Tolerance, $"at {i}");
    }

    private Variable<double> V(double[] values, params int[] shape) => tape.Variable(values, shape);
}
