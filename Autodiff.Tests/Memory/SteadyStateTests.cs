using NUnit.Framework;

namespace Autodiff.Tests.Memory;

/// <summary>A training loop that has run for a while allocates nothing on the managed heap: not one byte in a hundred steps.</summary>
[NonParallelizable] // counts bytes
public sealed class SteadyStateTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void A_multilayer_perceptron_trains_without_allocating(bool consume)
    {
        var random = new Random(1);
        Parameter<float> w1 = Drawn(random, 784, 256), b1 = new([256]), w2 = Drawn(random, 256, 10), b2 = new([10]);
        var optimizer = new Sgd<float>([w1, b1, w2, b2], learningRate: 0.05);
        float[] images = Drawn(random, 64, 784).Values.ToArray();
        int[] labels = Labels(random, 64, 10);
        using var tape = new Tape<float>();

        float loss = 0, first;
        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Constant(images, [64, 784]);
            Variable<float> hidden = (x.MatMul(tape.Variable(w1)) + tape.Variable(b1)).Relu();
            Scalar<float> y = (hidden.MatMul(tape.Variable(w2)) + tape.Variable(b2)).CrossEntropy(labels);
            optimizer.Step(tape.Backward(y, consume: consume));
            loss = y.Value;
        }

        Step();
        first = loss;
        Assert.That(Allocated(Step), Is.Zero);
        Assert.That(loss, Is.LessThan(first), "it trains");
    }

    [Test]
    public void Products_orders_and_shapes_do_not_allocate()
    {
        double[] numbers = Drawn<double>(new Random(4), 6, 8).Values.ToArray();
        using var tape = new Tape<double>();
        void Step()
        {
            tape.Reset();
            Variable<double> x = tape.Variable(numbers, [6, 8]);
            Variable<double> y = x.CumProd(1).Roll(3, 1) + x.CumSum(0).Flip(0) + x.Tril().LogGamma() * x.Product(0, keepDims: true);
            Variable<double> z = y.Sort(1).TopK(4, out ReadOnlySpan<int> places, 0).Tile([2, 1]).Repeat(2, 0).Glu() * x.Mish()[0, places[0]];
            Scalar<double> loss = z.Std(1, correction: 1).Huber(0 * z.Sum(1)) + y.Gather(y.ArgSort(0), [6, 8], 0).XLogY(2).Sum() + x.Sinc()[0, y.Flatten().ArgMax() % 8];
            Scalar<double> again = tape.Gradient(loss, x).Square().Sum();
            tape.Backward(again);
        }

        Step();
        Assert.That(Allocated(Step), Is.Zero);
    }

    [Test]
    public void Decompositions_running_results_and_alignments_do_not_allocate()
    {
        double[] numbers = Drawn<double>(new Random(5), 6, 3).Values.ToArray();
        using var tape = new Tape<double>();
        void Step()
        {
            tape.Reset();
            Variable<double> x = tape.Variable(numbers, [6, 3]), square = x.Transpose().MatMul(x);
            (Variable<double> q, Variable<double> r) = x.Qr();
            (Variable<double> values, Variable<double> vectors) = square.Eigh();
            Scalar<double> loss = (q.MatMul(r) * x.Svd().U).Sum([0, 1]).AsScalar() + (vectors * values).Sum() + x.Pinv().Sum() + square.MatrixExp().Mean() + x.Lstsq(x.LogCumSumExp(0)).Sum();
            loss += x.CumMax(0).Median(0).Sum() + x.Quantile(0.3) + x.Norm(0, 3.0).Sum() + x.Variance([0, 1], correction: 1).AsScalar() + x.Unfold(0, 2).Sum();
            loss += x.Reshape([6, 1, 3]).LogSoftmax(2).CtcLoss([1, 2], [2]) + x.Reshape([1, 1, 6, 3]).AdaptiveMaxPool2d((4, 2)).Sum();
            tape.Backward(loss);
        }

        Step();
        Assert.That(Allocated(Step), Is.Zero);
    }

    [Test]
    public void Norms_quantiles_parts_and_contractions_do_not_allocate()
    {
        double[] numbers = Drawn<double>(new Random(6), 4, 3, 3).Values.ToArray();
        using var tape = new Tape<double>();
        var parts = new Variable<double>[4];
        void Step()
        {
            tape.Reset();
            Variable<double> x = tape.Variable(numbers, [4, 3, 3]), m = x.Reshape([6, 6]);
            Scalar<double> loss = x.Norm(0.5) + x.Norm([0, 2], -2.0).Sum() + x.Quantile([0.1, 0.6], 1).Sum() + x.Median([0, 2]).Sum() + x.Quantile(0.3, QuantileMode.Higher);
            x.Unbind(0, parts);
            loss += (parts[0] * parts[3]).Sum() + x.Repeat([2, 0, 1], 1).Diff(2, 0).Sum() + m.Slice(0, 5, 3, -2).Trapezoid().Sum() + x.Cross(parts[1]).CumTrapezoid(0.5, 0).Sum();
            m.Chunk(1, parts.AsSpan(0, 2));
            loss += parts[0].TensorDot(parts[1], [0], [0]).Sum() + m.MaskedSelect(m.GreaterThan(0)).Square().Sum() + m.CountNonZero() + m.Scatter([3, 1, 1, 0, 5, 2], 1, m.Slice(0, 0, 1) * 0.5).Sum();
            loss += m.Cov().CorrCoef().Sum() + m.Distances(m.Rot90()).Sum() + m.MatrixNorm(MatrixNormKind.Nuclear).AsScalar() + parts[0].AddMatMul(m, parts[1], 0.5, 2).Sum() + m.Cond().AsScalar() * m.MatrixRank();
            loss += Variable.MultiDot([parts[0], parts[1].Transpose(), m]).MoveAxis(0, 1).Sum() + m.Any(0).Sum() + x.Diag(1).SwapAxes(0, 2).Sum() + m.IndexCopy([1, 1], 0, m.Slice(0, 2, 2)).Square().Sum();
            tape.Backward(loss);
        }

        Step();
        Assert.That(Allocated(Step), Is.Zero);
    }

    [Test]
    public void A_convolutional_net_trains_without_allocating()
    {
        var random = new Random(2);
        Parameter<double> kernel = Drawn<double>(random, 4, 1, 3, 3), bias = new([4]), w = Drawn<double>(random, 36, 3), b = new([3]);
        var optimizer = new AdamW<double>([kernel, bias, w, b], learningRate: 0.01);
        double[] images = Drawn<double>(random, 16, 1, 8, 8).Values.ToArray();
        int[] labels = Labels(random, 16, 3);
        using var tape = new Tape<double>();

        double loss = 0, first;
        void Step()
        {
            tape.Reset();
            Variable<double> x = tape.Constant(images, [16, 1, 8, 8]);
            Variable<double> seen = x.Conv2d(tape.Variable(kernel), tape.Variable(bias)).Relu().MaxPool2d(2).Reshape([16, -1]);
            Scalar<double> y = (seen.Dropout(0.25, random).MatMul(tape.Variable(w)) + tape.Variable(b)).CrossEntropy(labels);
            optimizer.Step(tape.Backward(y));
            loss = y.Value;
        }

        Step();
        first = loss;
        Assert.That(Allocated(Step), Is.Zero);
        Assert.That(loss, Is.LessThan(first), "it trains");
    }

    [Test]
    public void Attention_trains_without_allocating()
    {
        const int batch = 4, length = 8, width = 16, heads = 2;
        var random = new Random(3);
        Parameter<float> wq = Drawn(random, width, width), wk = Drawn(random, width, width), wv = Drawn(random, width, width), wo = Drawn(random, width, width);
        Parameter<float> gain = new([width], "gain"), bias = new([width], "bias");
        gain.Values.Fill(1);
        var optimizer = new Sgd<float>([wq, wk, wv, wo, gain, bias], learningRate: 0.05);
        float[] sequences = Drawn(random, batch, length, width).Values.ToArray(), targets = Drawn(random, batch, length, width).Values.ToArray();
        using var tape = new Tape<float>();

        static Variable<float> Heads(Variable<float> x) => x.Reshape([batch, length, heads, width / heads]).Permute([0, 2, 1, 3]);

        float loss = 0, first;
        void Step()
        {
            tape.Reset();
            Variable<float> x = tape.Constant(sequences, [batch, length, width]), target = tape.Constant(targets, [batch, length, width]);
            Variable<float> q = Heads(x.MatMul(tape.Variable(wq))), k = Heads(x.MatMul(tape.Variable(wk))), v = Heads(x.MatMul(tape.Variable(wv)));
            Variable<float> attended = Variable.ScaledDotProductAttention(q, k, v, causal: true).Permute([0, 2, 1, 3]).Reshape([batch, length, width]);
            Variable<float> z = (x + attended.MatMul(tape.Variable(wo))).LayerNorm(tape.Variable(gain), tape.Variable(bias));
            Scalar<float> y = z.MeanSquaredError(target);
            optimizer.Step(tape.Backward(y));
            loss = y.Value;
        }

        Step();
        first = loss;
        Assert.That(Allocated(Step), Is.Zero);
        Assert.That(loss, Is.LessThan(first), "it trains");
    }

    [Test]
    public void Linear_algebra_does_not_allocate()
    {
        // as a Gaussian process: ½·yᵀ·K⁻¹·y + ½·ln det K by a factor, by solving, by an inverse and by equations
        const int n = 40;
        var random = new Random(4);
        Parameter<double> x = Drawn<double>(random, n, n), y = Drawn<double>(random, n);
        using var tape = new Tape<double>();
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) identity[i * (n + 1)] = 1;

        double loss = 0;
        void Step()
        {
            tape.Reset();
            Variable<double> a = tape.Variable(x), b = tape.Variable(y);
            Variable<double> k = Variable.Einsum("ik,jk->ij", [a, a]) + tape.Constant(identity, [n, n]);
            Variable<double> l = k.Cholesky(), half = l.TriangularSolve(b, lower: true);
            Scalar<double> f = half.Dot(half) + (2 * l.Diagonal().Log().Sum()) + k.LogDet().AsScalar() + b.Dot(k.Solve(b));
            f += Variable.Einsum("i,ij,j->", [b, k.Inverse(), b]).AsScalar() + k.SlogDet().Log.AsScalar() + (k * 0.1).MatrixPower(3).Trace().AsScalar();
            loss = f.Value + tape.Backward(f)[a][0];
        }

        Assert.That(Allocated(Step), Is.Zero);
        Assert.That(double.IsFinite(loss));
    }

    [Test]
    public void Checkpoints_do_not_allocate()
    {
        double[] numbers = Drawn<double>(new Random(6), 8, 8).Values.ToArray();
        var w = Drawn<double>(new Random(7), 8, 8);
        using var tape = new Tape<double>();
        Func<Variable<double>, Variable<double>> layer = v => v.MatMul(tape.Variable(w)).Tanh();
        void Step()
        {
            tape.Reset();
            Variable<double> x = tape.Variable(numbers, [8, 8]);
            for (int i = 0; i < 4; i++) x = tape.Checkpoint(x, layer);
            tape.Backward(x.Sum());
        }

        Assert.That(Allocated(Step), Is.Zero);
    }

    /// <summary>The bytes that a hundred steps allocate after twenty to warm up.</summary>
    private static long Allocated(Action step)
    {
        for (int i = 0; i < 20; i++) step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) step();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Parameter<float> Drawn(Random random, params ReadOnlySpan<int> shape) => Drawn<float>(random, shape);

    private static Parameter<T> Drawn<T>(Random random, params ReadOnlySpan<int> shape) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var drawn = new Parameter<T>(Shape.Create(shape));
        double scale = Math.Sqrt(3.0 / shape[0]);
        foreach (ref T value in drawn.Values) value = T.CreateTruncating(scale * ((2 * random.NextDouble()) - 1));
        return drawn;
    }

    private static int[] Labels(Random random, int count, int classes)
    {
        var labels = new int[count];
        foreach (ref int label in labels.AsSpan()) label = random.Next(classes);
        return labels;
    }
}
