using System.Numerics;

namespace Autodiff;

/// <summary>Axes of length 1 taken away.</summary>
/// <remarks>Shapes: [outer, 1, inner] → [outer, inner]. x̄ = ȳ in x's shape. Nothing is copied.</remarks>
public readonly struct Squeeze : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("one axis", x => x[0].Squeeze(1), Sample.Of(2, 1, 3)),
        new("all axes of length 1", x => x[0].Squeeze(), Sample.Of(1, 2, 1, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Squeeze"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">Its length is not 1.</exception>
        public Variable<T> Squeeze(int axis)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Squeeze", axis);
            if (shape.Lengths[axis] != 1) throw new ShapeException($"Squeeze: x is {shape}, axis {axis}; needs an axis of length 1.");
            return x.Reshape(shape.Without(axis));
        }

        /// <summary>All axes of length 1 taken away.</summary>
        public Variable<T> Squeeze()
        {
            Shape shape = x.Shape;
            for (int i = shape.Rank - 1; i >= 0; i--)
                if (shape.Lengths[i] == 1) shape = shape.Without(i);
            return x.Reshape(shape);
        }
    }
}
