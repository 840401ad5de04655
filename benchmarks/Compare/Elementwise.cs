using System.Numerics;
using static TorchSharp.torch;

namespace Autodiff.Compare;

/// <summary>One op, forward: ours recorded on a tape that is reset, theirs without autograd, the result given back at once.</summary>
internal static class Elementwise
{
    public static IEnumerable<Work> Works()
    {
        foreach (int n in new[] { 1 << 10, 1 << 16, 1 << 22 })
        {
            yield return Of<float>("exp", n, x => x.Exp(), x => x.exp());
            yield return Of<float>("log", n, x => x.Log(), x => x.log(), positive: true);
            yield return Of<float>("tanh", n, x => x.Tanh(), x => x.tanh());
        }

        yield return Of<double>("exp", 1 << 16, x => x.Exp(), x => x.exp());
        yield return Of<double>("tanh", 1 << 16, x => x.Tanh(), x => x.tanh());
        yield return Of<double>("log", 1 << 16, x => x.Log(), x => x.log(), positive: true);
        yield return Of<float>("sigmoid", 1 << 16, x => x.Sigmoid(), x => x.sigmoid());
        yield return Of<float>("gelu (exact)", 1 << 16, x => x.Gelu(), x => nn.functional.gelu(x));
        yield return Of<float>("softmax of 256 rows", 1 << 16, x => x.Reshape([256, 256]).Softmax(1), x => x.view(256, 256).softmax(1));
        Parameter<float> gain = new(Numbers.Random<float>(256, 3), [256]), bias = new(Numbers.Random<float>(256, 4), [256]);
        Tensor tg = Numbers.Tensor(gain.Values.ToArray(), 256), tb = Numbers.Tensor(bias.Values.ToArray(), 256);
        yield return Of<float>("layer norm of 256 rows", 1 << 16, (tape, x) => x.Reshape([256, 256]).LayerNorm(tape.Variable(gain), tape.Variable(bias)),
            x => nn.functional.layer_norm(x.view(256, 256), [256], tg, tb));
        yield return Of<float>("add", 1 << 22, x => x + x, x => x + x);
        yield return Of<float>("multiply", 1 << 22, x => x * x, x => x * x);
        yield return Of<float>("sum", 1 << 22, x => x.Sum(), x => x.sum());
    }

    public static Work Of<T>(string name, int n, Func<Variable<T>, Variable<T>> ours, Func<Tensor, Tensor> theirs, bool positive = false)
        where T : unmanaged, IFloatingPointIeee754<T> => Of<T>(name, n, (_, x) => ours(x), theirs, positive);

    private static Work Of<T>(string name, int n, Func<Tape<T>, Variable<T>, Variable<T>> ours, Func<Tensor, Tensor> theirs, bool positive = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] numbers = Numbers.Random<T>(n, 1, 4);
        if (positive) for (int i = 0; i < n; i++) numbers[i] = T.Abs(numbers[i]) + T.CreateTruncating(0.01);
        var x = new Parameter<T>(numbers, [n]);
        var tape = new Tape<T>();
        Tensor tx = Numbers.Tensor(numbers, n);
        return new Work($"{name}, {n:N0} {(typeof(T) == typeof(float) ? "f32" : "f64")}",
            () =>
            {
                tape.Reset();
                ours(tape, tape.Variable(x));
            },
            () =>
            {
                using IDisposable quiet = no_grad();
                using Tensor y = theirs(tx);
            },
            Math.Clamp((1 << 22) / n, 1, 1000));
    }
}
