using System.Numerics;

namespace Autodiff;

/// <summary>An axis of length 1 put in.</summary>
/// <remarks>Shapes: [outer, inner] → [outer, 1, inner]. x̄ = ȳ in x's shape. Nothing is copied.</remarks>
public readonly struct Unsqueeze : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("in front", x => x[0].Unsqueeze(0), Sample.Of(2, 3)),
        new("behind", x => x[0].Unsqueeze(-1), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Unsqueeze"/>
        /// <param name="axis">Where the new axis stands in the result; −1 is behind all others.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
        public Variable<T> Unsqueeze(int axis)
        {
            Shape shape = x.Shape;
            if (axis < -shape.Rank - 1 || axis > shape.Rank)
                throw new ArgumentOutOfRangeException(nameof(axis), $"Unsqueeze: axis is {axis}, the shape is {shape}; needs an axis from {-shape.Rank - 1} to {shape.Rank}.");
            return x.Reshape(shape.Inserted(axis < 0 ? axis + shape.Rank + 1 : axis, 1));
        }
    }
}
