using System.Numerics;

namespace Autodiff;

/// <summary>The check that all operations with indices share.</summary>
internal static class Indices
{
    /// <summary>Refuses an index that is not in 0 … length − 1; negative indices do not count from the end.</summary>
    public static void Check(string op, ReadOnlySpan<int> indices, int length)
    {
        for (int i = 0; i < indices.Length; i++)
            if ((uint)indices[i] >= (uint)length)
                throw new ArgumentOutOfRangeException(nameof(indices), $"{op}: index {indices[i]} stands at position {i}, the axis has length {length}; needs 0 ≤ index < {length}.");
    }

    /// <summary>Refuses a source of another tape before anything is recorded.</summary>
    public static void SameTape<T>(string op, Variable<T> x, Variable<T> source) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Recording is { } tape && source.Recording is { } other && other != tape)
            throw new InvalidOperationException($"{op}: the source is of another tape; needs one of this tape.");
    }
}
