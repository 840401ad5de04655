using System.Numerics;
using Autodiff.Kernels;
using TorchSharp;

namespace Autodiff.Compare;

/// <summary>Matrix products into memory that is there: ours by the kernel, theirs by addmm_ with β = 0.</summary>
internal static class Products
{
    public static IEnumerable<Work> Works()
    {
        foreach (int n in new[] { 64, 128, 256, 512, 1024 })
            foreach ((bool a, bool b) in new[] { (false, false), (false, true), (true, false) })
                yield return Of<float>(n, n, n, a, b);
        foreach (int n in new[] { 64, 128, 256, 512, 1024 })
            foreach ((bool a, bool b) in new[] { (false, false), (false, true), (true, false) })
                yield return Of<double>(n, n, n, a, b);
        foreach ((int m, int k, int n) in new[] { (64, 784, 256), (32, 512, 512), (64, 256, 10), (1, 512, 512) })
            yield return Of<float>(m, k, n, false, false);
    }

    /// <summary>The same product by one thread and by two.</summary>
    public static IEnumerable<Work> Shared()
    {
        foreach (int n in new[] { 256, 512, 1024 })
        {
            Work work = Of<float>(n, n, n, false, false);
            Action Threads(int count) => () =>
            {
                Parallelism.Threads = count;
                work.Ours();
                Parallelism.Threads = 1;
            };
            yield return new Work($"product {n}×{n}×{n} NN, f32, by two threads", Threads(2), Threads(1), 1 + (1024 / n));
        }
    }

    private static Work Of<T>(int m, int k, int n, bool transposeA, bool transposeB) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = Numbers.Random<T>(m * k, 1), b = Numbers.Random<T>(k * n, 2), c = new T[m * n];
        torch.Tensor ta = transposeA ? Numbers.Tensor(a, k, m).t() : Numbers.Tensor(a, m, k), tb = transposeB ? Numbers.Tensor(b, n, k).t() : Numbers.Tensor(b, k, n);
        torch.Tensor tc = Numbers.Tensor(c, m, n);
        double flops = 2.0 * m * n * k;
        string name = $"product {m}×{k}×{n} {(transposeA ? 'T' : 'N')}{(transposeB ? 'T' : 'N')}, {(typeof(T) == typeof(float) ? "f32" : "f64")}";
        return new Work(name, () => MatrixProduct.Multiply<T>(a, b, c, m, k, n, transposeA, transposeB, accumulate: false),
            () => tc.addmm_(ta, tb, beta: 0, alpha: 1), Math.Clamp((int)(2e7 / flops), 1, 2000), flops);
    }
}
