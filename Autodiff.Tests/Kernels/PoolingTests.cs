using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class PoolingTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Guard = T.CreateChecked(99);

    private static readonly PoolShape[] Shapes =
    [
        new(1, 1, 1, 1, 1, 1, 1), new(3, 6, 8, 2, 2, 2, 2), new(2, 7, 9, 3, 2, 2, 3), new(2, 5, 5, 3, 3, 1, 1), new(4, 1, 21, 1, 4, 1, 3),
        new(1, 9, 9, 2, 2, 3, 4), new(2, 2, 2, 3, 1, 1, 1),
        new(2, 4, 5, 2, 2, int.MaxValue, int.MaxValue), new(2, 4, 5, 4, 5, 1, int.MaxValue),
        .. from width in Enumerable.Range(1, 21)
           from window in (int[])[1, 2, 3]
           from stride in (int[])[1, 2, 3]
           select new PoolShape(2, 5, width, 2, window, 2, stride),
        new(3, 7, 22, 3, 2, 2, 2), new(3, 7, 22, 2, 3, 1, 2), new(3, 7, 22, 3, 3, 1, 1),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Max_finds_the_first_greatest_and_NaN_wins(object shape)
    {
        var s = (PoolShape)shape;
        var random = new Random(8);
        foreach (bool nan in (bool[])[false, true])
        {
            T[] x = [.. Enumerable.Range(0, s.Planes * s.Height * s.Width).Select(_ => T.CreateChecked(random.Next(3)))];
            if (nan) for (int i = 0; i < x.Length; i += 5) x[i] = T.NaN;
            List<int[]> windows = Windows(s);
            T[] y = [.. Enumerable.Repeat(Guard, windows.Count + 5)];
            int[] index = [.. Enumerable.Repeat(-7, windows.Count + 5)];
            Pooling.Max<T>(x, y, index, s);
            y.AsSpan(windows.Count).Count(Guard).ShouldBe(5);
            index.AsSpan(windows.Count).Count(-7).ShouldBe(5);
            for (int o = 0; o < windows.Count; o++)
            {
                int first = Array.FindIndex(windows[o], at => T.IsNaN(x[at]));
                if (first < 0) first = Array.FindIndex(windows[o], at => x[at] == windows[o].Max(i => x[i]));
                index[o].ShouldBe(windows[o][first]);
                y[o].ShouldBe(x[index[o]]);
            }
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void Average_and_its_transpose_agree_with_naive_loops(object shape)
    {
        var s = (PoolShape)shape;
        var random = new Random(9);
        T[] x = Numbers.Random<T>(random, s.Planes * s.Height * s.Width), spread = [.. x];
        List<int[]> windows = Windows(s);
        T[] y = new T[windows.Count], g = Numbers.Random<T>(random, y.Length), room = [.. y, Guard], more = [.. x, Guard];
        double[] expected = [.. x.Select(double.CreateChecked)];
        Pooling.Average<T>(x, room, s);
        Pooling.AverageScatterAdd<T>(g, more, s);
        (room[^1], more[^1]).ShouldBe((Guard, Guard));
        room.AsSpan(0, y.Length).CopyTo(y);
        more.AsSpan(0, x.Length).CopyTo(spread);
        for (int o = 0; o < y.Length; o++)
        {
            double.CreateChecked(y[o]).ShouldBe(windows[o].Average(at => double.CreateChecked(x[at])), 20 * Numbers.Epsilon<T>());
            foreach (int at in windows[o]) expected[at] += double.CreateChecked(g[o]) / windows[o].Length;
        }
        for (int i = 0; i < x.Length; i++) double.CreateChecked(spread[i]).ShouldBe(expected[i], 40 * Numbers.Epsilon<T>());
    }

    private static List<int[]> Windows(PoolShape s)
    {
        IEnumerable<int> Starts(int size, int window, int stride) => Enumerable.Range(0, size).Where(i => i % stride == 0 && i + window <= size);
        return [.. from p in Enumerable.Range(0, s.Planes)
                   from r in Starts(s.Height, s.WindowHeight, s.StrideHeight)
                   from c in Starts(s.Width, s.WindowWidth, s.StrideWidth)
                   select (int[])[.. from i in Enumerable.Range(0, s.WindowHeight)
                                     from j in Enumerable.Range(0, s.WindowWidth)
                                     select (p * s.Height + r + i) * s.Width + c + j]];
    }
}
