using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class PatchesTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly ConvolutionShape[] Shapes =
    [
        new(1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1),
        new(2, 5, 6, 3, 3, 1, 1, 0, 0, 1, 1),
        new(2, 5, 40, 3, 3, 1, 1, 1, 1, 1, 1),
        new(3, 7, 8, 3, 2, 2, 3, 1, 2, 1, 1),
        new(1, 9, 10, 3, 3, 1, 1, 2, 2, 2, 2),
        new(2, 9, 10, 2, 3, 2, 2, 3, 4, 3, 2),
        new(3, 1, 20, 1, 5, 1, 2, 0, 3, 1, 2),
        new(1, 2, 2, 5, 5, 1, 1, 4, 4, 1, 1),
        new(1, 3, 3, 1, 2, 1, 3, 0, 5, 1, 9),
        new(1, 2, 3, 4, 1, 1, 1, 0, 0, 1, 1),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Gather_agrees_with_its_formula(object shape)
    {
        var s = (ConvolutionShape)shape;
        T[] image = Numbers.Random<T>(new Random(5), s.Channels * s.Height * s.Width);
        T[] columns = Columns(s, T.CreateChecked(99));
        Patches.Gather<T>(image, columns, s, All(s));
        int at = 0;
        foreach ((int c, int i, int j) in Box(s.Channels, s.KernelHeight, s.KernelWidth))
        {
            foreach ((_, int r, int q) in Box(1, s.OutputHeight, s.OutputWidth))
            {
                int y = r * s.StrideHeight - s.PaddingHeight + i * s.DilationHeight, x = q * s.StrideWidth - s.PaddingWidth + j * s.DilationWidth;
                bool inside = y >= 0 && y < s.Height && x >= 0 && x < s.Width;
                columns[at++].ShouldBe(inside ? image[(c * s.Height + y) * s.Width + x] : T.Zero);
            }
        }
        columns[at].ShouldBe(T.CreateChecked(99));
        at.ShouldBe(columns.Length - 1);
    }

    [TestCaseSource(nameof(Shapes))]
    public void ScatterAdd_is_the_transpose_of_Gather_and_adds(object shape)
    {
        var s = (ConvolutionShape)shape;
        var random = new Random(6);
        // Small integers make every sum exact. The extra column and pixel must have no part in it.
        T[] image = Integers(random, s.Channels * s.Height * s.Width + 1), before = Integers(random, image.Length), columns = Columns(s, T.Zero);
        T[] g = Integers(random, columns.Length), scattered = [.. before];
        Patches.Gather<T>(image, columns, s, All(s));
        Patches.ScatterAdd<T>(g, scattered, s, All(s));
        scattered[^1].ShouldBe(before[^1]);
        columns[^1].ShouldBe(T.Zero);
        T left = T.Zero, right = T.Zero;
        for (int i = 0; i < g.Length; i++) left += g[i] * columns[i];
        for (int i = 0; i < image.Length; i++) right += image[i] * (scattered[i] - before[i]);
        right.ShouldBe(left);
    }

    [TestCaseSource(nameof(Shapes))]
    public void A_block_is_a_part_of_the_whole(object shape)
    {
        var s = (ConvolutionShape)shape;
        T[] image = Numbers.Random<T>(new Random(7), s.Channels * s.Height * s.Width), whole = Columns(s, T.Zero);
        Patches.Gather<T>(image, whole, s, All(s));
        foreach (OutputBlock block in Parts(s))
        {
            T[] part = new T[s.Taps * block.Count];
            Patches.Gather<T>(image, part, s, block);
            for (int tap = 0, at = 0; tap < s.Taps; tap++)
            {
                foreach ((_, int r, int q) in Box(1, block.Rows, block.Columns))
                {
                    part[at++].ShouldBe(whole[(tap * s.OutputHeight + block.Row + r) * s.OutputWidth + block.Column + q]);
                }
            }

            T[] g = Integers(new Random(8), part.Length), scattered = new T[image.Length], expected = new T[image.Length], spread = new T[whole.Length];
            for (int tap = 0, at = 0; tap < s.Taps; tap++)
            {
                foreach ((_, int r, int q) in Box(1, block.Rows, block.Columns))
                {
                    spread[(tap * s.OutputHeight + block.Row + r) * s.OutputWidth + block.Column + q] = g[at++];
                }
            }

            Patches.ScatterAdd<T>(g, scattered, s, block);
            Patches.ScatterAdd<T>(spread, expected, s, All(s));
            scattered.ShouldBe(expected);
        }
    }

    private static OutputBlock All(ConvolutionShape s) => new(0, s.OutputHeight, 0, s.OutputWidth);

    /// <summary>Rows and parts of rows.</summary>
    private static IEnumerable<OutputBlock> Parts(ConvolutionShape s)
    {
        for (int r = 0; r < s.OutputHeight; r++)
        {
            yield return new OutputBlock(r, s.OutputHeight - r, 0, s.OutputWidth);
            for (int q = 0; q < s.OutputWidth; q += 3) yield return new OutputBlock(r, 1, q, Math.Min(3, s.OutputWidth - q));
        }
    }

    private static IEnumerable<(int, int, int)> Box(int a, int b, int c)
        => from i in Enumerable.Range(0, a) from j in Enumerable.Range(0, b) from k in Enumerable.Range(0, c) select (i, j, k);

    /// <summary>Columns filled with a value, and one element more, which nothing may touch.</summary>
    private static T[] Columns(ConvolutionShape s, T value)
    {
        T[] columns = new T[s.Taps * s.OutputHeight * s.OutputWidth + 1];
        Array.Fill(columns, value);
        return columns;
    }

    private static T[] Integers(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked(random.Next(-9, 10)))];
}
