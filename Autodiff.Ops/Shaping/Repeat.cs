using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>Every element several times along one axis: y[…, i, …] = x[…, i / count, …].</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, n·count, inner], or [outer, Σ countᵢ, inner] with a count for each. x̄ = the sum of ȳ over the repetitions. For the whole several times, see <see cref="Tile"/>.</remarks>
public readonly struct Repeat : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Repeat(2, -1), Sample.Of(2, 3)),
        new("outer axis", x => x[0].Repeat(3, 0), Sample.Of(2, 3)),
        new("a count for each", x => x[0].Repeat([2, 0, 3], 1), Sample.Of(2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Repeat"/>
        /// <param name="count">How often each element comes.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the count is negative.</exception>
        public Variable<T> Repeat(int count, int axis)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Repeat", axis);
            if (count < 0) throw new ArgumentOutOfRangeException(nameof(count), $"Repeat: count is {count}; needs 0 or more.");
            (int outer, int n, int inner) = shape.Around(axis);
            return x.Reshape([outer * n, 1, inner]).BroadcastTo([outer * n, count, inner]).Reshape(shape.With(axis, checked(n * count)));
        }

        /// <inheritdoc cref="Autodiff.Repeat"/>
        /// <param name="counts">How often each element along the axis comes.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or a count is negative.</exception>
        /// <exception cref="ShapeException">There are not as many counts as the axis is long.</exception>
        public Variable<T> Repeat(ReadOnlySpan<int> counts, int axis)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Repeat", axis);
            if (counts.Length != shape.Lengths[axis]) throw new ShapeException($"Repeat: x is {shape}, axis {axis}, {counts.Length} counts came; needs {shape.Lengths[axis]}.");
            int total = 0;
            foreach (int count in counts)
                total = count >= 0 ? checked(total + count) : throw new ArgumentOutOfRangeException(nameof(counts), $"Repeat: a count is {count}; needs 0 or more.");
            int[] rented = ArrayPool<int>.Shared.Rent(total);
            for (int i = 0, at = 0; i < counts.Length; at += counts[i++]) rented.AsSpan(at, counts[i]).Fill(i);
            Variable<T> y = Autodiff.IndexSelect.Of("Repeat", x, rented.AsSpan(0, total), axis);
            ArrayPool<int>.Shared.Return(rented);
            return y;
        }
    }
}
