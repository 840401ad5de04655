using System.Numerics.Tensors;
using Autodiff.Kernels;

namespace Autodiff.Benchmarks;

/// <summary>One training step of a perceptron 784-256-10 on 64 images: by the tape, and by the same kernels called by hand.</summary>
internal sealed class MlpStep : IDisposable
{
    /// <summary>Two of the forward products have two gradients each, the first layer's input has none.</summary>
    public const double Flops = 2.0 * Batch * ((2 * Inputs * Hidden) + (3 * Hidden * Classes));

    private const int Batch = 64, Inputs = 784, Hidden = 256, Classes = 10;
    private const float Rate = 0.01f;
    private readonly Tape<float> tape = new();
    private readonly float[] x = Random(Batch * Inputs, 1, 1), hidden = new float[Batch * Hidden], logits = new float[Batch * Classes];
    private readonly float[] hiddenBar = new float[Batch * Hidden], w1Bar = new float[Inputs * Hidden], w2Bar = new float[Hidden * Classes], b1Bar = new float[Hidden], b2Bar = new float[Classes];
    private readonly int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i % Classes)];
    private readonly Parameter<float> w1 = new(Random(Inputs * Hidden, 2, 0.05f), [Inputs, Hidden], "w1"), b1 = new([Hidden], "b1");
    private readonly Parameter<float> w2 = new(Random(Hidden * Classes, 3, 0.05f), [Hidden, Classes], "w2"), b2 = new([Classes], "b2");
    private readonly Sgd<float> optimizer;

    public MlpStep() => optimizer = new Sgd<float>([w1, b1, w2, b2], learningRate: Rate);

    public void Tape()
    {
        tape.Reset();
        Variable<float> h = (tape.Constant(x, [Batch, Inputs]).MatMul(tape.Variable(w1)) + tape.Variable(b1)).Relu();
        Scalar<float> loss = (h.MatMul(tape.Variable(w2)) + tape.Variable(b2)).CrossEntropy(labels);
        optimizer.Step(tape.Backward(loss));
    }

    public void Hand()
    {
        MatrixProduct.Multiply<float>(x, w1.Values, hidden, Batch, Inputs, Hidden, false, false, false);
        for (int i = 0; i < Batch; i++) TensorPrimitives.Add(hidden.AsSpan(i * Hidden, Hidden), b1.Values, hidden.AsSpan(i * Hidden, Hidden));
        TensorPrimitives.Max(hidden, 0f, hidden);
        MatrixProduct.Multiply<float>(hidden, w2.Values, logits, Batch, Hidden, Classes, false, false, false);
        Array.Clear(b2Bar);
        for (int i = 0; i < Batch; i++)
        {
            Span<float> row = logits.AsSpan(i * Classes, Classes);
            TensorPrimitives.Add(row, b2.Values, row);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);
            TensorPrimitives.Exp(row, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
            row[labels[i]] -= 1;
            TensorPrimitives.Multiply(row, 1f / Batch, row);
            TensorPrimitives.Add(b2Bar, row, b2Bar);
        }

        MatrixProduct.Multiply<float>(hidden, logits, w2Bar, Hidden, Batch, Classes, true, false, false);
        MatrixProduct.Multiply<float>(logits, w2.Values, hiddenBar, Batch, Classes, Hidden, false, true, false);
        for (int i = 0; i < hidden.Length; i++) hiddenBar[i] = hidden[i] > 0 ? hiddenBar[i] : 0;
        Array.Clear(b1Bar);
        for (int i = 0; i < Batch; i++) TensorPrimitives.Add(b1Bar, hiddenBar.AsSpan(i * Hidden, Hidden), b1Bar);
        MatrixProduct.Multiply<float>(x, hiddenBar, w1Bar, Inputs, Batch, Hidden, true, false, false);
        TensorPrimitives.MultiplyAdd(w1Bar, -Rate, w1.Values, w1.Values);
        TensorPrimitives.MultiplyAdd(b1Bar, -Rate, b1.Values, b1.Values);
        TensorPrimitives.MultiplyAdd(w2Bar, -Rate, w2.Values, w2.Values);
        TensorPrimitives.MultiplyAdd(b2Bar, -Rate, b2.Values, b2.Values);
    }

    public void Dispose() => tape.Dispose();

    private static float[] Random(int count, int seed, float scale)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = scale * ((2 * random.NextSingle()) - 1);
        return values;
    }
}
