using System.Numerics;

namespace Autodiff.Tests.Kernels;

internal static class Numbers
{
    public static T[] Random<T>(Random random, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked(random.NextDouble() * 2 - 1))];

    public static double Epsilon<T>() => typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);
}
