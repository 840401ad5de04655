using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

/// <summary>The three kernels against one naive loop, in each width, around the sizes at which they choose another way.</summary>
[NonParallelizable] // counts bytes
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class ConvolutionsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Guard = 12345;

    private static IEnumerable<(ConvolutionShape Shape, int Filters, int Batch)> Sizes()
    {
        foreach (int filters in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 48, 50, 65])
        {
            yield return (new(2, 6, 9, 3, 2, 1, 1, 0, 0, 1, 1), filters, 3);
            yield return (new(2, 7, 6, 3, 3, 2, 1, 1, 2, 1, 2), filters, 2);
        }

        foreach (int channels in (int[])[1, 3, 4, 5, 8, 16, 17, 33])
        {
            yield return (new(channels, 5, 8, 3, 3, 1, 1, 1, 1, 1, 1), 8, 2);
            yield return (new(channels, 6, 8, 2, 3, 2, 2, 0, 1, 1, 2), 16, 5);
        }

        yield return (new(4, 6, 7, 3, 2, 1, 1, 1, 0, 1, 1, 2), 32, 3);
        yield return (new(6, 6, 7, 3, 2, 1, 2, 1, 1, 1, 1, 3), 6, 2);
        yield return (new(20, 6, 7, 3, 3, 1, 1, 1, 1, 1, 1, 20), 20, 2);
        yield return (new(4, 6, 7, 3, 3, 1, 1, 0, 0, 2, 2, 4), 36, 2);
        yield return (new(4, 9, 7, 3, 3, 1, 1, 1, 2, 2, 2, 4), 8, 2);
        yield return (new(2, 5, 21, 2, 2, 1, 1, 3, 3, 1, 1, 2), 2, 2);
        yield return (new(3, 5, 21, 3, 4, 1, 1, 0, 2, 1, 1), 2, 2);
        yield return (new(3, 1, 40, 1, 5, 1, 3, 0, 4, 1, 2), 19, 2);
        yield return (new(17, 5, 7, 1, 1, 1, 1, 0, 0, 1, 1), 18, 2);
        yield return (new(17, 5, 7, 1, 1, 2, 2, 0, 0, 1, 1), 18, 4);
        yield return (new(1, 60, 70, 3, 3, 1, 1, 1, 1, 1, 1), 16, 1);
        yield return (new(5, 40, 90, 5, 5, 1, 1, 2, 2, 1, 1), 3, 1);
        yield return (new(2, 1, 40000, 1, 3, 1, 1, 0, 1, 1, 1), 2, 1);
        yield return (new(45, 6, 6, 5, 5, 1, 1, 2, 2, 1, 1), 49, 1);
        yield return (new(2, 3, 3, 2, 2, 9, 9, 20, 20, 1, 1), 16, 3);
        // Far beyond what an int holds on the way.
        yield return (new(2, 1, 5, 1, 2, 1, 1_000_000_000, 0, 1_000_000_000, 1, 1), 16, 20);
        yield return (new(2, 1, 5, 1, 2, 1, 2_000_000_000, 0, 2_000_000_000, 1, 1), 3, 2);
        yield return (new(2, 3, 4, 2, 3, 1, int.MaxValue, 0, 2_000_000_000, 1, 2_000_000_000), 17, 20);
        yield return (new(1, 3, 4, 1, 1, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue), 2, 3);
    }

    [Test]
    public void Agree_with_a_naive_loop_at_every_width([Values(0, 1, 2, 3)] int width)
    {
        foreach ((ConvolutionShape s, int filters, int batch) in Sizes())
        {
            var random = new Random(11);
            int outputs = batch * filters * s.Outputs;
            T[] x = Numbers.Random<T>(random, batch * s.ImageSize), k = Numbers.Random<T>(random, filters * s.Taps), b = Numbers.Random<T>(random, filters);
            T[] u = Numbers.Random<T>(random, outputs), y = Guarded(outputs), plain = Guarded(outputs), dx = Guarded(x.Length), dk = Guarded(k.Length);
            Convolutions.Run<T>((VectorWidth)width, x, k, b, y.AsSpan(0, outputs), filters, s, 0, batch);
            Convolutions.Run<T>((VectorWidth)width, x, k, [], plain.AsSpan(0, outputs), filters, s, 0, batch);
            Convolutions.Input<T>((VectorWidth)width, u, k, dx.AsSpan(0, x.Length), filters, s, 0, batch);
            KernelSums.Run<T>((VectorWidth)width, x, u, dk.AsSpan(0, k.Length), filters, s, batch);
            var (ey, ex, ek) = (new Sums(outputs), new Sums(x.Length), new Sums(k.Length));
            foreach ((int iy, int ix, int ik) in Terms(s, filters, batch))
            {
                ey.Add(iy, x[ix], k[ik]);
                ex.Add(ix, u[iy], k[ik]);
                ek.Add(ik, u[iy], x[ix]);
            }

            ey.Check(plain, $"{s}, {filters} filters");
            for (int i = 0; i < outputs; i++) ey.Add(i, b[i / s.Outputs % filters], T.One);
            ey.Check(y, $"{s}, {filters} filters, bias");
            ex.Check(dx, $"{s}, {filters} filters, input");
            ek.Check(dk, $"{s}, {filters} filters, kernel");
        }
    }

    [Test]
    public void Parts_of_a_batch_are_the_batch([Values(0, 1, 2, 3)] int width, [Values(2, 3, 16)] int filters, [Values(4, 9)] int side, [Values(0, 1)] int padding)
    {
        ConvolutionShape s = new(4, side, side + 1, 3, 3, 1, 1, padding, padding, 1, 1);
        var random = new Random(12);
        T[] x = Numbers.Random<T>(random, 6 * s.ImageSize), k = Numbers.Random<T>(random, filters * s.Taps), u = Numbers.Random<T>(random, 6 * filters * s.Outputs);
        T[] whole = new T[u.Length], parts = new T[u.Length], dx = new T[x.Length], pieces = new T[x.Length];
        Convolutions.Run<T>((VectorWidth)width, x, k, [], whole, filters, s, 0, 6);
        Convolutions.Input<T>((VectorWidth)width, u, k, dx, filters, s, 0, 6);
        foreach ((int from, int to) in ((int, int)[])[(3, 6), (0, 1), (1, 3), (3, 3)])
        {
            Convolutions.Run<T>((VectorWidth)width, x, k, [], parts, filters, s, from, to);
            Convolutions.Input<T>((VectorWidth)width, u, k, pieces, filters, s, from, to);
        }

        parts.ShouldBe(whole);
        pieces.ShouldBe(dx);
    }

    [Test]
    public void NaN_reaches_what_it_is_multiplied_for_and_nothing_else([Values(0, 1, 2, 3)] int width)
    {
        foreach ((ConvolutionShape s, int filters, int batch) in Sizes())
        {
            if (s.ImageSize > 2000) continue;
            T[] x = new T[batch * s.ImageSize], k = new T[filters * s.Taps], u = new T[batch * filters * s.Outputs];
            T[] y = new T[u.Length], dk = new T[k.Length], dx = new T[x.Length];
            (int pixel, int output) = (x.Length / 2, u.Length / 2);
            x[pixel] = T.NaN;
            bool[] ey = new bool[y.Length], ek = new bool[k.Length], ex = new bool[x.Length], eku = new bool[k.Length];
            foreach ((int iy, int ix, int ik) in Terms(s, filters, batch))
            {
                ey[iy] |= ix == pixel;
                ek[ik] |= ix == pixel;
                ex[ix] |= iy == output;
                eku[ik] |= iy == output;
            }

            Convolutions.Run<T>((VectorWidth)width, x, k, [], y, filters, s, 0, batch);
            KernelSums.Run<T>((VectorWidth)width, x, u, dk, filters, s, batch);
            y.Select(T.IsNaN).ShouldBe(ey, $"{s}, {filters} filters: output");
            dk.Select(T.IsNaN).ShouldBe(ek, $"{s}, {filters} filters: kernel");
            (x[pixel], u[output]) = (T.Zero, T.NaN);
            Convolutions.Input<T>((VectorWidth)width, u, k, dx, filters, s, 0, batch);
            KernelSums.Run<T>((VectorWidth)width, x, u, dk, filters, s, batch);
            dx.Select(T.IsNaN).ShouldBe(ex, $"{s}, {filters} filters: input");
            // Zeros of the padding may or may not be multiplied; other filters have no part in it.
            for (int i = 0; i < dk.Length; i++) (T.IsNaN(dk[i]) ? i / s.Taps == output / s.Outputs % filters : !eku[i]).ShouldBeTrue($"{s}, {filters} filters: kernel, from the output");
        }
    }

    [Test]
    public void Nothing_is_allocated_once_the_scratch_is_pooled([Values(3, 16)] int filters)
    {
        ConvolutionShape s = new(4, 9, 10, 3, 3, 1, 1, 1, 1, 1, 1);
        T[] x = new T[2 * s.ImageSize], k = new T[filters * s.Taps], y = new T[2 * filters * s.Outputs];
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Convolutions.Run<T>(VectorWidths.Best<T>(), x, k, [], y, filters, s, 0, 2);
            Convolutions.Input<T>(VectorWidths.Best<T>(), y, k, x, filters, s, 0, 2);
            KernelSums.Run<T>(VectorWidths.Best<T>(), x, y, k, filters, s, 2);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Allocated().ShouldBe(0);
    }

    /// <summary>Where output, image and kernel meet.</summary>
    private static IEnumerable<(int Output, int Pixel, int Tap)> Terms(ConvolutionShape s, int filters, int batch)
    {
        int group = filters / s.Groups, height = s.OutputHeight, width = s.OutputWidth;
        for (int at = 0; at < batch * filters * height * width; at++)
        {
            int column = at % width, row = at / width % height, filter = at / width / height % filters, image = at / width / height / filters;
            for (int tap = 0; tap < s.Taps; tap++)
            {
                int j = tap % s.KernelWidth, i = tap / s.KernelWidth % s.KernelHeight, c = filter / group * s.GroupChannels + tap / s.KernelWidth / s.KernelHeight;
                long y = (long)row * s.StrideHeight - s.PaddingHeight + (long)i * s.DilationHeight, x = (long)column * s.StrideWidth - s.PaddingWidth + (long)j * s.DilationWidth;
                if (y < 0 || y >= s.Height || x < 0 || x >= s.Width) continue;
                yield return (at, (int)(((image * s.Channels + c) * s.Height + y) * s.Width + x), filter * s.Taps + tap);
            }
        }
    }

    /// <summary>Numbers to be overwritten, and nine behind them that must not be.</summary>
    private static T[] Guarded(int length) => [.. Enumerable.Repeat(T.CreateChecked(Guard), length + 9)];

    /// <summary>Sums of products in double precision, and of their sizes, by which rounding is judged.</summary>
    private sealed class Sums(int length)
    {
        private readonly double[] values = new double[length], sizes = new double[length];

        public void Add(int at, T a, T b)
        {
            double product = double.CreateChecked(a) * double.CreateChecked(b);
            values[at] += product;
            sizes[at] += Math.Abs(product);
        }

        public void Check(T[] got, string what)
        {
            for (int i = 0; i < values.Length; i++)
            {
                // a sum of n terms in blocks: far below n/2 roundings of the sum of sizes
                double error = Math.Abs(double.CreateChecked(got[i]) - values[i]);
                if (!(error <= 60 * Numbers.Epsilon<T>() * sizes[i])) Assert.Fail($"{what}: at {i} {got[i]}, expected {values[i]}");
            }

            got.AsSpan(values.Length).Count(T.CreateChecked(Guard)).ShouldBe(9, $"{what}: wrote past its end");
        }
    }
}
