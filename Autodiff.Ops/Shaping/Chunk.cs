using System.Numerics;

namespace Autodiff;

/// <summary>A tensor cut along one axis into a number of parts that are as equal as can be.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, ⌈n/count⌉, inner], the last parts shorter by one. x̄ = the parts' cotangents, one after another.
/// It gives exactly that number of parts, as NumPy's <c>array_split</c>; an array of them is new, the overload with places for them allocates nothing.</remarks>
public readonly struct Chunk : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("uneven", x => Concatenated(x[0].Chunk(3, 1)), Sample.Of(2, 5)),
    ];

    private static Variable<T> Concatenated<T>(Variable<T>[] parts) where T : unmanaged, IFloatingPointIeee754<T> => parts[0] * parts[1] + parts[2];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Chunk"/>
        /// <param name="count">How many parts.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the count is not positive.</exception>
        public Variable<T>[] Chunk(int count, int axis)
        {
            if (count <= 0) throw new ArgumentOutOfRangeException(nameof(count), $"Chunk: count is {count}; needs 1 or more.");
            var parts = new Variable<T>[count];
            x.Chunk(axis, parts);
            return parts;
        }

        /// <inheritdoc cref="Autodiff.Chunk"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="parts">Where the parts go: as many as there are places.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or no place.</exception>
        public void Chunk(int axis, Span<Variable<T>> parts)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Chunk", axis);
            if (parts.IsEmpty) throw new ArgumentOutOfRangeException(nameof(parts), "Chunk: no places for parts came; needs at least one.");
            (int length, int longer) = Math.DivRem(shape.Lengths[axis], parts.Length);
            for (int i = 0, at = 0; i < parts.Length; i++)
            {
                int next = i < longer ? length + 1 : length;
                parts[i] = x.Slice(axis, at, next);
                at += next;
            }
        }
    }
}
