using System.Numerics;

namespace Autodiff;

/// <summary>Elements put at indices along one axis, each at an index of its own: y = x, but y[…, index[…, i, …], …] = source[…, i, …].</summary>
/// <remarks>
/// Shapes: x and the source have as many axes, the source and the indices one shape, which but for the axis is not longer than x → x's. At an index that comes twice the last one in
/// row-major order counts (PyTorch leaves open which). x̄ = ȳ, and zero at what was replaced; the source's derivative is ȳ at the places that it has in y, and zero where it was itself replaced.
/// What was replaced contributes nothing, even if it is infinite or NaN.
/// </remarks>
public readonly struct Scatter : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("outer axis", x => x[0].Scatter([1, 0, 1], 0, x[1]), Sample.Of(2, 3), Sample.Of(1, 3)),
        new("inner axis, one twice", x => x[0].Scatter([2, 0, 1, 1], 1, x[1]), Sample.Of(2, 3), Sample.Of(2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Scatter"/>
        /// <param name="indices">The indices, row-major in the source's shape, from 0 to the length of the axis − 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="source">What is put there.</param>
        /// <exception cref="ShapeException">The source does not fit x, or the number of indices is not that of its elements.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        /// <exception cref="InvalidOperationException">The source is of another tape.</exception>
        public Variable<T> Scatter(ReadOnlySpan<int> indices, int axis, Variable<T> source)
        {
            Shape shape = x.Shape, from = source.Shape;
            axis = shape.Axis("Scatter", axis);
            bool fits = from.Rank == shape.Rank && indices.Length == from.Size;
            for (int i = 0; fits && i < from.Rank; i++) fits = i == axis || from.Lengths[i] <= shape.Lengths[i];
            if (!fits) throw new ShapeException($"Scatter: x is {shape}, the source {from}, {indices.Length} indices came; needs as many axes, but for axis {axis} lengths of at most x's, and an index for each element.");
            Indices.SameTape("Scatter", x, source);
            Indices.Check("Scatter", indices, shape.Lengths[axis]);

            // for each element of y its place among those of x, then of the source
            int size = shape.Size;
            Variable<T> both = Variable.Concat([x.Reshape([size]), source.Reshape([from.Size])], 0);
            IntegerList list = both.Reserve(size);
            Span<int> places = both.Recording!.Attributes.Integers(list.Start, size);
            for (int i = 0; i < size; i++) places[i] = i;
            for (int i = 0; i < indices.Length; i++)
            {
                int place = 0, stride = 1;
                for (int d = shape.Rank - 1, rest = i; d >= 0; rest /= from.Lengths[d], stride *= shape.Lengths[d], d--)
                    place += (d == axis ? indices[i] : rest % from.Lengths[d]) * stride;
                places[place] = size + i;
            }

            return Variable<T>.Apply(new Gather(0, [size], list), both).Reshape(shape);
        }
    }
}
