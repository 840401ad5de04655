using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>What the normalisations over channels share: their checks, and a gain and a bias for each channel.</summary>
internal static class ChannelNorms
{
    public static void CheckEpsilon(string op, double epsilon)
    {
        if (!(epsilon >= 0) || double.IsInfinity(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"{op}: epsilon is {epsilon}; needs a finite number, 0 or more."));
    }

    /// <summary>Refuses an x without channels, and a gain or a bias that is not [c].</summary>
    public static void Check<T>(string op, Variable<T> x, Variable<T> gain, Variable<T> bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        if (shape.Rank < 2 || gain.Shape != [shape[1]] || bias.Shape != [shape[1]])
            throw new ShapeException($"{op}: x is {shape}, the gain {gain.Shape}, the bias {bias.Shape}; needs x: [n, c, ...], gain and bias: [c].");
    }

    /// <summary>[c] as [c, 1, …], which broadcasts along axis 1 of a tensor of that rank.</summary>
    public static Variable<T> Along<T>(Variable<T> channels, int rank) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> lengths = stackalloc int[rank - 1];
        lengths.Fill(1);
        lengths[0] = channels.Size;
        return channels.Reshape(lengths);
    }

    /// <summary>gain·y + bias, one of each for a channel.</summary>
    public static Variable<T> Affine<T>(Variable<T> y, Variable<T> gain, Variable<T> bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = y.Shape.Rank;
        return (y * Along(gain, rank)) + Along(bias, rank);
    }

    /// <summary>Each group of neighbouring channels of each element of the batch brought to mean 0 and variance 1.</summary>
    public static Variable<T> Groups<T>(Variable<T> x, int groups, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        return shape.Size == 0 ? x : Standardise.Of(x.Reshape([shape[0] * groups, shape.Size / (shape[0] * groups)]), epsilon).Reshape(shape);
    }
}
