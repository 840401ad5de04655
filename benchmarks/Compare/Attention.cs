using TorchSharp;
using static TorchSharp.torch;

namespace Autodiff.Compare;

/// <summary>
/// A training step of attention: projections to four heads, attention, projection back, residual, layer norm, mean squared error, gradient descent.
/// Theirs projects queries, keys and values in one product and calls its own fused attention.
/// </summary>
internal static class Attention
{
    private const int Batch = 8, Length = 32, Width = 64, Heads = 4, Rows = Batch * Length;
    private const float Rate = 0.01f;

    public static Work Work()
    {
        float[] x = Numbers.Random<float>(Rows * Width, 1), target = Numbers.Random<float>(Rows * Width, 2);
        Parameter<float>[] w = [.. Enumerable.Range(0, 4).Select(i => new Parameter<float>(Numbers.Random<float>(Width * Width, 3 + i, 0.2), [Width, Width]))];
        Parameter<float> gain = new(Enumerable.Repeat(1f, Width).ToArray(), [Width]), bias = new([Width]);
        var optimizer = new Sgd<float>([.. w, gain, bias], learningRate: Rate);
        var tape = new Tape<float>();

        void Ours()
        {
            tape.Reset();
            Variable<float> tx = tape.Constant(x, [Rows, Width]);
            Variable<float> q = Split(tx.MatMul(tape.Variable(w[0]))), k = Split(tx.MatMul(tape.Variable(w[1]))), v = Split(tx.MatMul(tape.Variable(w[2])));
            Variable<float> read = Variable.ScaledDotProductAttention(q, k, v).Permute([0, 2, 1, 3]).Reshape([Rows, Width]);
            Variable<float> y = (tx + read.MatMul(tape.Variable(w[3]))).LayerNorm(tape.Variable(gain), tape.Variable(bias));
            optimizer.Step(tape.Backward(y.MeanSquaredError(tape.Constant(target, [Rows, Width]))));
        }

        Tensor ttx = Numbers.Tensor(x, Batch, Length, Width), tt = Numbers.Tensor(target, Batch, Length, Width);
        Tensor qkv = cat([.. w[..3].Select(p => Numbers.Tensor(p.Values.ToArray(), Width, Width))], 1).detach().requires_grad_();
        Tensor output = Numbers.Tensor(w[3].Values.ToArray(), Width, Width).requires_grad_();
        Tensor tg = ones(Width).requires_grad_(), tb = zeros(Width).requires_grad_();

        void Theirs()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] heads = ttx.matmul(qkv).view(Batch, Length, 3, Heads, Width / Heads).permute(2, 0, 3, 1, 4).unbind(0);
            Tensor read = nn.functional.scaled_dot_product_attention(heads[0], heads[1], heads[2]).permute(0, 2, 1, 3).reshape(Batch, Length, Width);
            Tensor y = nn.functional.layer_norm(ttx + read.matmul(output), [Width], tg, tb);
            nn.functional.mse_loss(y, tt).backward();
            using IDisposable quiet = no_grad();
            foreach (Tensor p in new[] { qkv, output, tg, tb })
            {
                p.add_(p.grad!, alpha: -Rate);
                p.grad!.zero_();
            }
        }

        return new Work("attention, batch 8, length 32, width 64, 4 heads, whole step", Ours, Theirs, 20);
    }

    private static Variable<float> Split(Variable<float> x) => x.Reshape([Batch, Length, Heads, Width / Heads]).Permute([0, 2, 1, 3]);
}
