using TorchSharp;
using static TorchSharp.torch;

namespace Autodiff.Compare;

/// <summary>Whole steps: forward, backward and, where there are weights, gradient descent in place.</summary>
internal static class Steps
{
    public static IEnumerable<Work> Works()
    {
        yield return Chain();
        yield return Mlp("MLP 784-256-10, batch 64, whole step", 64, 784, 256, 10, 20);
        yield return Mlp("MLP 2-16-2, batch 8, whole step", 8, 2, 16, 2, 200);
        yield return Regression();
        yield return Attention.Work();
        foreach (bool gradients in new[] { false, true })
        {
            yield return Convolution([32, 1, 28, 28], [16, 1, 5, 5], gradients);
            yield return Convolution([32, 16, 12, 12], [32, 16, 5, 5], gradients);
            yield return Convolution([64, 4, 200], [32, 4, 11], gradients);
        }
    }

    private static Work Chain()
    {
        float[] numbers = [.. Enumerable.Range(0, 16).Select(i => 1 + (0.0001f * i))];
        var x = new Parameter<float>(numbers, [16]);
        var tape = new Tape<float>();
        Tensor tx = Numbers.Tensor(numbers, 16).requires_grad_();
        return new Work("1,000 products of 16 numbers, forward and backward",
            () =>
            {
                tape.Reset();
                Variable<float> v = tape.Variable(x), y = v;
                for (int i = 0; i < 1000; i++) y *= v;
                tape.Backward(y.Sum());
            },
            () =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor y = tx;
                for (int i = 0; i < 1000; i++) y = y * tx;
                y.sum().backward();
                tx.grad!.zero_();
            },
            1);
    }

    private static Work Mlp(string name, int batch, int inputs, int hidden, int classes, int calls)
    {
        const float rate = 0.01f;
        float[] x = Numbers.Random<float>(batch * inputs, 1);
        int[] labels = [.. Enumerable.Range(0, batch).Select(i => i % classes)];
        Parameter<float>[] w =
        [
            new(Numbers.Random<float>(inputs * hidden, 2, 0.05), [inputs, hidden]), new([hidden]),
            new(Numbers.Random<float>(hidden * classes, 3, 0.05), [hidden, classes]), new([classes]),
        ];
        var optimizer = new Sgd<float>(w, learningRate: rate);
        var tape = new Tape<float>();
        Tensor tx = Numbers.Tensor(x, batch, inputs), tl = tensor(labels.Select(l => (long)l).ToArray());
        Tensor[] tw = [.. w.Select(p => Numbers.Tensor(p.Values.ToArray(), [.. p.Shape.Lengths.ToArray().Select(n => (long)n)]).requires_grad_())];
        return new Work(name,
            () =>
            {
                tape.Reset();
                Variable<float> h = (tape.Constant(x, [batch, inputs]).MatMul(tape.Variable(w[0])) + tape.Variable(w[1])).Relu();
                optimizer.Step(tape.Backward((h.MatMul(tape.Variable(w[2])) + tape.Variable(w[3])).CrossEntropy(labels)));
            },
            () =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor h = addmm(tw[1], tx, tw[0], 1, 1).relu();
                nn.functional.cross_entropy(addmm(tw[3], h, tw[2], 1, 1), tl).backward();
                using IDisposable quiet = no_grad();
                foreach (Tensor p in tw)
                {
                    p.add_(p.grad!, alpha: -rate);
                    p.grad!.zero_();
                }
            },
            calls, 2.0 * batch * ((2 * inputs * hidden) + (3 * hidden * classes)));
    }

    /// <summary>MLP 2-16-1 on 8 points: tanh, mean squared error.</summary>
    private static Work Regression()
    {
        const float rate = 0.01f;
        float[] x = Numbers.Random<float>(16, 1), target = Numbers.Random<float>(8, 2);
        Parameter<float>[] w = [new(Numbers.Random<float>(32, 3), [2, 16]), new([16]), new(Numbers.Random<float>(16, 4), [16, 1]), new([1])];
        var optimizer = new Sgd<float>(w, learningRate: rate);
        var tape = new Tape<float>();
        Tensor tx = Numbers.Tensor(x, 8, 2), tt = Numbers.Tensor(target, 8, 1);
        Tensor[] tw = [.. w.Select(Of)];
        return new Work("MLP 2-16-1, batch 8, whole step",
            () =>
            {
                tape.Reset();
                Variable<float> h = (tape.Constant(x, [8, 2]).MatMul(tape.Variable(w[0])) + tape.Variable(w[1])).Tanh();
                optimizer.Step(tape.Backward((h.MatMul(tape.Variable(w[2])) + tape.Variable(w[3])).MeanSquaredError(tape.Constant(target, [8, 1]))));
            },
            () =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor h = addmm(tw[1], tx, tw[0], 1, 1).tanh();
                nn.functional.mse_loss(addmm(tw[3], h, tw[2], 1, 1), tt).backward();
                using IDisposable quiet = no_grad();
                foreach (Tensor p in tw)
                {
                    p.add_(p.grad!, alpha: -rate);
                    p.grad!.zero_();
                }
            },
            200);
    }

    private static Work Convolution(int[] shape, int[] kernelShape, bool gradients)
    {
        var x = new Parameter<float>(Numbers.Random<float>(shape.Aggregate((a, b) => a * b), 1), shape);
        var k = new Parameter<float>(Numbers.Random<float>(kernelShape.Aggregate((a, b) => a * b), 2), kernelShape);
        var b = new Parameter<float>([kernelShape[0]]);
        bool flat = shape.Length == 3;
        var tape = new Tape<float>();
        Tensor tx = Of(x), tk = Of(k), tb = Of(b);
        Tensor Theirs() => flat ? nn.functional.conv1d(tx, tk, tb) : nn.functional.conv2d(tx, tk, tb);
        return new Work($"conv{(flat ? 1 : 2)}d [{string.Join(", ", shape)}], kernel [{string.Join(", ", kernelShape)}], {(gradients ? "forward and all gradients" : "forward")}",
            () =>
            {
                tape.Reset();
                Variable<float> y = flat ? tape.Variable(x).Conv1d(tape.Variable(k), tape.Variable(b)) : tape.Variable(x).Conv2d(tape.Variable(k), tape.Variable(b));
                if (gradients) tape.Backward(y.Sum());
            },
            () =>
            {
                using DisposeScope scope = NewDisposeScope();
                if (!gradients)
                {
                    using IDisposable quiet = no_grad();
                    Theirs();
                    return;
                }

                Theirs().sum().backward();
                foreach (Tensor t in new[] { tx, tk, tb }) t.grad!.zero_();
            },
            10);
    }

    private static Tensor Of(Parameter<float> p) => Numbers.Tensor(p.Values.ToArray(), [.. p.Shape.Lengths.ToArray().Select(n => (long)n)]).requires_grad_();
}
