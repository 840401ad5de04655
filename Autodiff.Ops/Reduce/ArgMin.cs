using System.Buffers;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Where along one axis the least element stands, the first of equal ones; a NaN wins, as in <see cref="Autodiff.Min"/>.</summary>
        /// <remarks>Nothing is recorded: places are constants, by which nothing is differentiated. They fit <see cref="Autodiff.Gather"/>.</remarks>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <returns>[outer, inner], row-major, for x [outer, n, inner]; good until the tape is reset or rewound.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The axis has length 0.</exception>
        public ReadOnlySpan<int> ArgMin(int axis)
        {
            Shape shape = x.Shape;
            (int outer, int n, int inner) = shape.Around(axis = shape.Axis("ArgMin", axis));
            if (n == 0) throw new ShapeException($"ArgMin: x is {shape}, axis {axis} is empty; needs at least one element along it.");
            IntegerList list = x.Reserve(outer * inner);
            Span<int> places = x.Recording!.Attributes.Integers(list.Start, list.Count);
            T[] rented = ArrayPool<T>.Shared.Rent(places.Length);
            Reduction.Min(x.Values, rented.AsSpan(0, places.Length), places, outer, n, inner);
            ArrayPool<T>.Shared.Return(rented);
            return places;
        }

        /// <summary>The place of the least of all elements, counted row-major; the first of equal ones, a NaN wins.</summary>
        /// <exception cref="ShapeException">There are no elements.</exception>
        public int ArgMin()
        {
            if (x.Size == 0) throw new ShapeException($"ArgMin: x is {x.Shape}; needs at least one element.");
            T best = default;
            int place = 0;
            Reduction.Min(x.Values, new Span<T>(ref best), new Span<int>(ref place), 1, x.Size, 1);
            return place;
        }
    }
}
