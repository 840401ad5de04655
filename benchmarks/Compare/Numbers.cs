using System.Numerics;
using TorchSharp;

namespace Autodiff.Compare;

/// <summary>The same numbers for both.</summary>
internal static class Numbers
{
    public static T[] Random<T>(int count, int seed, double scale = 1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (int i = 0; i < count; i++) values[i] = T.CreateTruncating(scale * ((2 * random.NextDouble()) - 1));
        return values;
    }

    public static torch.Tensor Tensor<T>(T[] values, params long[] shape) where T : unmanaged
        => typeof(T) == typeof(float) ? torch.tensor((float[])(object)values, shape) : torch.tensor((double[])(object)values, shape);
}
