using System.Numerics;

namespace Autodiff;

/// <summary>The slices of a tensor along one axis, which goes: the opposite of <see cref="Stack"/>.</summary>
/// <remarks>Shapes: [outer, n, inner] → n times [outer, inner]. x̄ = the slices' cotangents side by side. The array of the slices is new; the overload with places for them allocates nothing.</remarks>
public readonly struct Unbind : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("middle axis", x => Product(x[0].Unbind(1)), Sample.Of(2, 3, 2))];

    private static Variable<T> Product<T>(Variable<T>[] parts) where T : unmanaged, IFloatingPointIeee754<T> => parts[0] * parts[1] + parts[2];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Unbind"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T>[] Unbind(int axis)
        {
            Shape shape = x.Shape;
            var parts = new Variable<T>[shape.Lengths[shape.Axis("Unbind", axis)]];
            x.Unbind(axis, parts);
            return parts;
        }

        /// <inheritdoc cref="Autodiff.Unbind"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="parts">Where the slices go, as many as the axis is long.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">There are not as many places.</exception>
        public void Unbind(int axis, Span<Variable<T>> parts)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Unbind", axis);
            if (parts.Length != shape.Lengths[axis]) throw new ShapeException($"Unbind: x is {shape}, axis {axis}, {parts.Length} places; needs {shape.Lengths[axis]} places.");
            Shape part = shape.Without(axis);
            for (int i = 0; i < parts.Length; i++) parts[i] = x.Slice(axis, i, 1).Reshape(part);
        }
    }
}
