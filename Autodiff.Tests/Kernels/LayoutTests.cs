using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

public sealed class LayoutTests
{
    private static readonly int[][] Shapes =
    [
        [], [1], [7], [3, 5], [1, 6], [37, 70], [64, 33], [0, 4], [2, 3, 4], [5, 1, 6], [9, 34, 10],
        [2, 3, 4, 5], [4, 1, 5, 8], [3, 2, 3, 19], [2, 3, 2, 4, 3], [1, 2, 1, 5, 9],
    ];

    private static IEnumerable<int[]> Permutations(int rank)
        => rank == 0 ? [[]] : Permutations(rank - 1).SelectMany(p => Enumerable.Range(0, rank).Select(i => (int[])[.. p[..i], rank - 1, .. p[i..]]));

    [TestCaseSource(nameof(Shapes))]
    public void Permute_agrees_with_index_arithmetic(params int[] shape)
    {
        int length = shape.Aggregate(1, (p, n) => p * n);
        foreach (int[] axes in Permutations(shape.Length))
        {
            double[] expected = new double[length];
            double[] x = [.. Enumerable.Range(0, length).Select(i => (double)i)];
            for (int i = 0; i < length; i++)
            {
                int[] at = new int[shape.Length];
                for (int d = shape.Length - 1, rest = i; d >= 0; rest /= shape[d], d--) at[d] = rest % shape[d];
                expected[axes.Aggregate(0, (offset, axis) => offset * shape[axis] + at[axis])] = x[i];
            }
            Check(x, expected, shape, axes);
            Check<float>([.. x.Select(v => (float)v)], [.. expected.Select(v => (float)v)], shape, axes);
            Check<int>([.. x.Select(v => (int)v)], [.. expected.Select(v => (int)v)], shape, axes);
        }
    }

    [Test]
    public void Permute_refuses_what_does_not_fit()
    {
        Should.Throw<ArgumentException>(() => Layout.Permute<float>(new float[6], new float[6], [2, 3], [0]));
        Should.Throw<ArgumentOutOfRangeException>(() => Layout.Permute<float>(new float[6], new float[5], [2, 3], [1, 0]));
        Should.Throw<ArgumentOutOfRangeException>(() => Layout.Permute<float>(new float[5], new float[6], [2, 3], [1, 0]));
    }

    [TestCase(1, 5, 0, 3, 2, 4)]
    [TestCase(3, 1, 2, 4, 1, 3)]
    [TestCase(2, 4, 1, 4, 4, 3)]
    [TestCase(9, -3, 0, 3, 3, 4)]
    [TestCase(0, 4, 0, 4, 0, 5)]
    [TestCase(0, 4, 0, 4, 4, 0)]
    public void Copy_moves_blocks(int sourceOffset, int sourceStride, int targetOffset, int targetStride, int block, int count)
    {
        float[] source = [.. Enumerable.Range(1, 30).Select(i => (float)i)], target = new float[30], expected = new float[30];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < block; j++) expected[targetOffset + i * targetStride + j] = source[sourceOffset + i * sourceStride + j];
        }
        Layout.Copy<float>(source, sourceOffset, sourceStride, target, targetOffset, targetStride, block, count);
        target.ShouldBe(expected);
    }

    private static void Check<T>(T[] x, T[] expected, int[] shape, int[] axes)
        where T : unmanaged
    {
        T[] y = new T[x.Length + 1];
        Layout.Permute<T>(x, y.AsSpan(0, x.Length), shape, axes);
        y[..^1].ShouldBe(expected, $"[{string.Join(", ", shape)}] by [{string.Join(", ", axes)}]");
        y[^1].ShouldBe(default);
    }
}
