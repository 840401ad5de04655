using System.Globalization;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Benchmarks;

/// <summary>Matrix products beside the most that a core can do.</summary>
internal static class Products
{
    /// <summary>Prints GFLOP/s of matrix products and their part of the peak.</summary>
    /// <param name="rounds">Rounds of interleaved measurement.</param>
    /// <param name="threads">Threads that a product may use.</param>
    public static void Run(int rounds = 11, int threads = 1)
    {
        Parallelism.Threads = threads;
        double single = Peak.Measure<float>(), @double = Peak.Measure<double>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Machine.Description}; peak of a core: {single:F0} (f32), {@double:F0} (f64) GFLOP/s"));
        Sizes<float>(rounds, single);
        Sizes<double>(rounds, @double);
    }

    private static void Sizes<T>(int rounds, double peak) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((int m, int k, int n) in new[] { (64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (64, 784, 256), (784, 64, 256), (32, 512, 512) })
        {
            var programs = new List<(Action, int)>();
            double flops = 2.0 * m * k * n;
            foreach ((bool a, bool b) in new[] { (false, false), (false, true), (true, false) })
                programs.Add((Of<T>(m, k, n, a, b), Math.Clamp((int)(2e7 / flops), 1, 2000)));
            (double Median, double Low, double High)[] t = Interleaved.Measure(rounds, [.. programs]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{typeof(T).Name,-6} {m}×{k}×{n}: NN {flops / t[0].Median / 1000:F0} ({flops / t[0].Median / 10 / peak:F0} %), NT {flops / t[1].Median / 1000:F0} ({flops / t[1].Median / 10 / peak:F0} %), TN {flops / t[2].Median / 1000:F0} ({flops / t[2].Median / 10 / peak:F0} %)"));
        }
    }

    private static Action Of<T>(int m, int k, int n, bool transposeA, bool transposeB) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = new T[m * k], b = new T[k * n], c = new T[m * n];
        var random = new Random(1);
        foreach (T[] x in new[] { a, b })
            for (int i = 0; i < x.Length; i++) x[i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
        return () => MatrixProduct.Multiply<T>(a, b, c, m, k, n, transposeA, transposeB, accumulate: false);
    }
}
