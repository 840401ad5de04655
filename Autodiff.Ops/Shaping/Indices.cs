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
}
