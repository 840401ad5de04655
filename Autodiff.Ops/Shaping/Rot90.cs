using System.Numerics;

namespace Autodiff;

/// <summary>A turn by right angles in the plane of two axes, from the first towards the second.</summary>
/// <remarks>Shapes: x's, after an odd number of turns with the two lengths exchanged. x̄ = ȳ turned back. [[1, 2], [3, 4]] becomes [[2, 4], [1, 3]], as in NumPy and PyTorch.</remarks>
public readonly struct Rot90 : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("once", x => x[0].Rot90(), Sample.Of(2, 3)),
        new("twice, of other axes", x => x[0].Rot90(2, 2, 0), Sample.Of(2, 2, 3)),
        new("backwards", x => x[0].Rot90(-1, 1, 2), Sample.Of(2, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Rot90"/>
        /// <param name="turns">How many right angles; negative: from the second axis towards the first.</param>
        /// <param name="first">An axis; negative axes count from the end.</param>
        /// <param name="second">Another axis.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The axes are the same.</exception>
        public Variable<T> Rot90(int turns = 1, int first = 0, int second = 1)
        {
            Shape shape = x.Shape;
            (first, second) = (shape.Axis("Rot90", first), shape.Axis("Rot90", second));
            if (first == second) throw new ShapeException($"Rot90: x is {shape}, both axes are {first}; needs two different axes.");
            return (((turns % 4) + 4) % 4) switch
            {
                1 => x.Flip(second).SwapAxes(first, second),
                2 => x.Flip(first).Flip(second),
                3 => x.Flip(first).SwapAxes(first, second),
                _ => x,
            };
        }
    }
}
