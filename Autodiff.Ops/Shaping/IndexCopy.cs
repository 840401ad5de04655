using System.Numerics;

namespace Autodiff;

/// <summary>Whole slices put at indices along one axis: y = x, but y[…, index[k], …] = source[…, k, …].</summary>
/// <remarks>
/// Shapes: x [outer, n, inner], source [outer, number of indices, inner] → x's. At an index that comes twice the last one counts (PyTorch leaves open which). x̄ = ȳ, and zero in the slices
/// that were replaced; the source's derivative is the slices of ȳ that it has there, and zero for one that was itself replaced.
/// </remarks>
public readonly struct IndexCopy : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].IndexCopy([2, 0], 0, x[1]), Sample.Of(3, 2), Sample.Of(2, 2)),
        new("middle axis, one twice", x => x[0].IndexCopy([1, 1], 1, x[1]), Sample.Of(2, 3, 2), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.IndexCopy"/>
        /// <param name="indices">The indices, from 0 to the length of the axis − 1.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="source">What is put there.</param>
        /// <exception cref="ShapeException">The source is not x with as many slices as there are indices.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        /// <exception cref="InvalidOperationException">The source is of another tape.</exception>
        public Variable<T> IndexCopy(ReadOnlySpan<int> indices, int axis, Variable<T> source)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("IndexCopy", axis);
            if (source.Shape != shape.With(axis, indices.Length))
                throw new ShapeException($"IndexCopy: x is {shape}, the source {source.Shape}, {indices.Length} indices came; needs a source of {shape.With(axis, indices.Length)}.");
            int n = shape.Lengths[axis];
            Indices.SameTape("IndexCopy", x, source);
            Indices.Check("IndexCopy", indices, n);
            Variable<T> both = Variable.Concat([x, source], axis);
            IntegerList list = both.Reserve(n);
            Span<int> places = both.Recording!.Attributes.Integers(list.Start, n);
            for (int i = 0; i < n; i++) places[i] = i;
            for (int k = 0; k < indices.Length; k++) places[indices[k]] = n + k;
            return Variable<T>.Apply(new IndexSelect(axis, list), both);
        }
    }
}
