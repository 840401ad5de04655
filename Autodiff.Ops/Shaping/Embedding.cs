using System.Numerics;

namespace Autodiff;

/// <summary>Rows of a table looked up by index: y[i, …] = table[index[i], …].</summary>
/// <remarks>
/// Shapes: a table [v, d] and indices of a shape [s…] → [s…, d]. The table's cotangent is ȳ added at the rows that were looked up.
/// </remarks>
public readonly struct Embedding : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a sentence", x => x[0].Embedding([3, 0, 3], [3]), Sample.Of(4, 2)),
        new("a batch", x => x[0].Embedding([1, 0, 0, 2, 2, 2], [2, 3]), Sample.Of(3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> table) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Embedding"/>
        /// <param name="indices">The rows, from 0 to v − 1, row-major.</param>
        /// <param name="shape">The shape of the indices.</param>
        /// <exception cref="ShapeException">The table has no axes, or the number of indices is not that of their shape.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is out of range (negative ones are).</exception>
        public Variable<T> Embedding(ReadOnlySpan<int> indices, ReadOnlySpan<int> shape)
        {
            Shape rows = table.Shape, target = Shape.Create(shape);
            if (rows.Rank == 0) throw new ShapeException("Embedding: the table is []; needs [v, d].");
            if (indices.Length != target.Size) throw new ShapeException($"Embedding: {indices.Length} indices came, their shape is {target}; needs {target.Size} indices.");
            for (int i = 1; i < rows.Rank; i++) target = target.Inserted(target.Rank, rows.Lengths[i]);
            return Autodiff.IndexSelect.Of("Embedding", table, indices, 0).Reshape(target);
        }
    }
}
