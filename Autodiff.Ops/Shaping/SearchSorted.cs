using System.Numerics;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Variable<T> sorted) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Where each value would stand in a vector in ascending order: the number of elements that are less, or with <paramref name="right"/> not greater.</summary>
        /// <remarks>Nothing is recorded: places are constants, by which nothing is differentiated. NaN counts as greater than every number, as in <see cref="Autodiff.Sort"/>. Of a
        /// vector that is not in order the result means nothing. PyTorch's <c>bucketize</c> is the same with the roles exchanged. Cost: log n comparisons for each value.</remarks>
        /// <param name="values">What is looked for, a variable of the same tape.</param>
        /// <param name="right">Whether a value stands behind those equal to it, or before them.</param>
        /// <returns>From 0 to n, row-major in the values' shape; good until the tape is reset or rewound.</returns>
        /// <exception cref="ShapeException">The order is no vector.</exception>
        public ReadOnlySpan<int> SearchSorted(Variable<T> values, bool right = false)
        {
            Shape shape = sorted.Shape;
            if (shape.Rank != 1) throw new ShapeException($"SearchSorted: the sorted elements are {shape}; needs a vector.");
            IntegerList list = sorted.Reserve(values.Size);
            Span<int> places = sorted.Recording!.Attributes.Integers(list.Start, list.Count);
            ReadOnlySpan<T> order = sorted.Values, wanted = values.Values;
            for (int i = 0; i < places.Length; i++)
            {
                int from = 0, to = order.Length;
                T value = wanted[i];
                while (from < to)
                {
                    int middle = (from + to) >>> 1;
                    T element = order[middle];
                    bool less = element < value || (T.IsNaN(value) && !T.IsNaN(element)), equal = element == value || (T.IsNaN(value) && T.IsNaN(element));
                    if (less || (right && equal)) from = middle + 1;
                    else to = middle;
                }

                places[i] = from;
            }

            return places;
        }
    }
}
