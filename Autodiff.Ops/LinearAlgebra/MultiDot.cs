using System.Numerics;

namespace Autodiff;

/// <summary>The product of a chain of matrices, multiplied in the order that needs the fewest operations.</summary>
/// <remarks>Shapes: [n₀, n₁], [n₁, n₂], … → [n₀, n_k]; the first may be a vector, a row, and the last one, a column, whose axes go again. The derivatives are those of the products.
/// The order is found by dynamic programming (Cormen et al., Introduction to Algorithms, 15.2), in k³ steps; at most 64 matrices.</remarks>
public readonly struct MultiDot : IComposite
{
    /// <summary>The most matrices.</summary>
    internal const int MaxCount = 64;

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("three matrices", x => Variable.MultiDot([x[0], x[1], x[2]]), Sample.Of(2, 3), Sample.Of(3, 4), Sample.Of(4, 1)),
        new("vectors at both ends", x => Variable.MultiDot([x[0], x[1], x[2], x[3]]), Sample.Of(2), Sample.Of(2, 3), Sample.Of(3, 2), Sample.Of(2)),
    ];

    /// <summary>Fills in, for each part of the chain i … j, where its last product divides it.</summary>
    internal static void Order(ReadOnlySpan<int> lengths, Span<byte> splits)
    {
        int count = lengths.Length - 1;
        Span<double> costs = stackalloc double[MaxCount * MaxCount];
        for (int i = 0; i < count; i++) costs[(i * MaxCount) + i] = 0;
        for (int size = 2; size <= count; size++)
            for (int i = 0, j = size - 1; j < count; i++, j++)
            {
                double best = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double cost = costs[(i * MaxCount) + k] + costs[((k + 1) * MaxCount) + j] + ((double)lengths[i] * lengths[k + 1] * lengths[j + 1]);
                    if (cost >= best) continue;
                    (best, splits[(i * MaxCount) + j]) = (cost, (byte)k);
                }

                costs[(i * MaxCount) + j] = best;
            }
    }

    /// <summary>The product of the part i … j.</summary>
    internal static Variable<T> Part<T>(ReadOnlySpan<Variable<T>> matrices, ReadOnlySpan<byte> splits, int i, int j) where T : unmanaged, IFloatingPointIeee754<T>
        => i == j ? matrices[i] : Part(matrices, splits, i, splits[(i * MaxCount) + j]).MatMul(Part(matrices, splits, splits[(i * MaxCount) + j] + 1, j));
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.MultiDot"/>
    /// <param name="matrices">One or more, at most 64.</param>
    /// <exception cref="ArgumentException">None came, or too many.</exception>
    /// <exception cref="ShapeException">One is no matrix, or two neighbours do not fit.</exception>
    public static Variable<T> MultiDot<T>(ReadOnlySpan<Variable<T>> matrices) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = matrices.Length;
        if (count is 0 or > Autodiff.MultiDot.MaxCount) throw new ArgumentException($"MultiDot: {count} matrices came; needs 1 to {Autodiff.MultiDot.MaxCount}.", nameof(matrices));
        Span<int> lengths = stackalloc int[count + 1];
        for (int i = 0; i < count; i++)
        {
            Shape shape = matrices[i].Shape;
            bool isRow = shape.Rank == 1 && i == 0 && count > 1, isColumn = shape.Rank == 1 && i == count - 1 && count > 1;
            if (!(shape.Rank == 2 || isRow || isColumn)) throw new ShapeException($"MultiDot: input {i} is {shape}; needs matrices, and a vector at most at each end.");
            int rows = isRow ? 1 : shape.Lengths[0];
            if (i > 0 && rows != lengths[i]) throw new ShapeException($"MultiDot: input {i - 1} is {matrices[i - 1].Shape}, input {i} is {shape}; needs equal inner lengths.");
            (lengths[i], lengths[i + 1]) = (rows, isColumn ? 1 : shape.Lengths[^1]);
        }

        Span<byte> splits = stackalloc byte[Autodiff.MultiDot.MaxCount * Autodiff.MultiDot.MaxCount];
        Autodiff.MultiDot.Order(lengths, splits);
        return Autodiff.MultiDot.Part(matrices, splits, 0, count - 1);
    }
}
