using System.Numerics;

namespace Autodiff;

/// <summary>A tensor cut into parts along one axis.</summary>
/// <remarks>Shapes: [outer, Σ nᵢ, inner] → [outer, nᵢ, inner] for each part. x̄ = the parts' cotangents, one after another.
/// The array of the parts is new; the overloads with places for them allocate nothing.</remarks>
public readonly struct Split : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two parts of three", x => Product(x[0].Split([2, 1, 2], 1)), Sample.Of(2, 5)),
        new("equal parts", x => Product(x[0].Split(2, 0)), Sample.Of(4, 3)),
    ];

    private static Variable<T> Product<T>(Variable<T>[] parts) where T : unmanaged, IFloatingPointIeee754<T> => parts[0] * parts[^1];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Split"/>
        /// <param name="lengths">The length of each part.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The lengths do not add up to that of the axis, or one is negative.</exception>
        public Variable<T>[] Split(ReadOnlySpan<int> lengths, int axis)
        {
            var parts = new Variable<T>[lengths.Length];
            x.Split(lengths, axis, parts);
            return parts;
        }

        /// <inheritdoc cref="Autodiff.Split"/>
        /// <param name="length">The length of each part; the last may be shorter.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the length is not positive.</exception>
        public Variable<T>[] Split(int length, int axis)
        {
            Shape shape = x.Shape;
            int n = shape.Lengths[shape.Axis("Split", axis)];
            if (length <= 0) throw new ArgumentOutOfRangeException(nameof(length), $"Split: length is {length}; needs 1 or more.");
            var parts = new Variable<T>[(int)(((long)n + length - 1) / length)];
            x.Split(length, axis, parts);
            return parts;
        }

        /// <inheritdoc cref="Autodiff.Split"/>
        /// <param name="length">The length of each part; the last may be shorter.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="parts">Where the parts go, one place for each.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the length is not positive.</exception>
        /// <exception cref="ShapeException">There are not as many places as parts.</exception>
        public void Split(int length, int axis, Span<Variable<T>> parts)
        {
            Shape shape = x.Shape;
            int n = shape.Lengths[shape.Axis("Split", axis)];
            if (length <= 0) throw new ArgumentOutOfRangeException(nameof(length), $"Split: length is {length}; needs 1 or more.");
            long count = ((long)n + length - 1) / length;
            if (parts.Length != count) throw new ShapeException($"Split: x is {shape}, parts of {length} along axis {axis}, {parts.Length} places; needs {count} places.");
            for (int i = 0; i < parts.Length; i++) parts[i] = x.Slice(axis, i * length, Math.Min(length, n - (i * length)));
        }

        /// <inheritdoc cref="Autodiff.Split"/>
        /// <param name="lengths">The length of each part.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="parts">Where the parts go, as many as lengths.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The lengths do not add up to that of the axis, or one is negative, or there are not as many places.</exception>
        public void Split(ReadOnlySpan<int> lengths, int axis, Span<Variable<T>> parts)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Split", axis);
            long sum = 0;
            bool fits = parts.Length == lengths.Length;
            foreach (int length in lengths)
            {
                fits &= length >= 0;
                sum += length;
            }

            if (!fits || sum != shape.Lengths[axis])
                throw new ShapeException($"Split: x is {shape}, the lengths {Shape.Text(lengths)}, {parts.Length} places; needs lengths that add up to {shape.Lengths[axis]}, and a place for each.");
            for (int i = 0, at = 0; i < parts.Length; at += lengths[i++]) parts[i] = x.Slice(axis, at, lengths[i]);
        }
    }
}
