using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The elements along one axis in order, equal ones as they came.</summary>
/// <remarks>Shapes: x's. x̄ = ȳ at the places the elements came from: the order is a constant. NaN comes after every number, ascending, and before, descending.
/// Cost: n·log n comparisons for each lane.</remarks>
public readonly struct Sort : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Sort(), Sample.In(Domain.In((-6, 6)), 2, 4)) { Selects = true, Spacing = 0.3 },
        new("outer axis, descending", x => x[0].Sort(0, descending: true), Sample.In(Domain.In((-6, 6)), 4, 2)) { Selects = true, Spacing = 0.3 },
    ];

    /// <summary>The places of the first k elements of the order, kept with the recording.</summary>
    internal static IntegerList Places<T>(Variable<T> x, int axis, int k, bool descending) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = x.Shape.Around(axis);
        IntegerList list = x.Reserve(outer * k * inner);
        Sorting.Order(x.Values, x.Recording!.Attributes.Integers(list.Start, list.Count), outer, n, inner, k, descending);
        return list;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Sort"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="descending">Whether the greatest comes first.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Sort(int axis = -1, bool descending = false)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Sort", axis);
            return Variable<T>.Apply(new Gather(axis, shape, Autodiff.Sort.Places(x, axis, shape.Lengths[axis], descending)), x);
        }

        /// <summary>The places along one axis of the elements in order, row-major in x's shape: what <see cref="Autodiff.Gather"/> takes to sort something else in the same way.</summary>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="descending">Whether the greatest comes first.</param>
        /// <returns>Constants, good until the tape is reset or rewound.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public ReadOnlySpan<int> ArgSort(int axis = -1, bool descending = false)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("ArgSort", axis);
            IntegerList list = Autodiff.Sort.Places(x, axis, shape.Lengths[axis], descending);
            return x.Recording!.Attributes.Integers(list.Start, list.Count);
        }
    }
}
