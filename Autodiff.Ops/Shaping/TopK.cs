using System.Numerics;

namespace Autodiff;

/// <summary>The k greatest elements along one axis, or the least, in order; of equal ones the first.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, k, inner]. x̄ = ȳ at the places the elements came from: the choice is a constant. NaN counts as the greatest.
/// Cost: each lane is sorted, n·log n comparisons.</remarks>
public readonly struct TopK : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("greatest", x => x[0].TopK(2), Sample.In(Domain.In((-6, 6)), 2, 4)) { Selects = true, Spacing = 0.3 },
        new("least, outer axis", x => x[0].TopK(3, 0, largest: false), Sample.In(Domain.In((-6, 6)), 4, 2)) { Selects = true, Spacing = 0.3 },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.TopK"/>
        /// <param name="k">How many.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="largest">Whether the greatest are wanted, else the least.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or k is not from 0 to its length.</exception>
        public Variable<T> TopK(int k, int axis = -1, bool largest = true) => x.TopK(k, out _, axis, largest);

        /// <inheritdoc cref="Autodiff.TopK"/>
        /// <param name="k">How many.</param>
        /// <param name="indices">Where along the axis they were, row-major in the result's shape: constants, good until the tape is reset or rewound.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="largest">Whether the greatest are wanted, else the least.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or k is not from 0 to its length.</exception>
        public Variable<T> TopK(int k, out ReadOnlySpan<int> indices, int axis = -1, bool largest = true)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("TopK", axis);
            if (k < 0 || k > shape.Lengths[axis])
                throw new ArgumentOutOfRangeException(nameof(k), $"TopK: k is {k}, x is {shape}, axis {axis}; needs 0 to {shape.Lengths[axis]}.");
            IntegerList list = Autodiff.Sort.Places(x, axis, k, largest);
            Variable<T> y = Variable<T>.Apply(new Gather(axis, shape.With(axis, k), list), x);
            indices = x.Recording!.Attributes.Integers(list.Start, list.Count);
            return y;
        }
    }
}
