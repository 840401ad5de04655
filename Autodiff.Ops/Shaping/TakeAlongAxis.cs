using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>Elements picked along one axis, each at an index of its own, other axes broadcast: <see cref="Gather"/> under NumPy's name and rules.</summary>
/// <remarks>
/// Shapes: x and the indices have as many axes; but for the picked one their lengths are equal or 1, and broadcast; the result is as long along the picked axis as the indices.
/// x̄ is ȳ added at the places it was taken from. It sorts with what <c>ArgSort</c> gives, and takes what <c>ArgMax</c> gives.
/// </remarks>
public readonly struct TakeAlongAxis : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("indices that are broadcast, and x", x => x[0].TakeAlongAxis([2, 0, 1, 1], [1, 2, 2], 1), Sample.Of(2, 3, 1))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.TakeAlongAxis"/>
        /// <param name="indices">The indices, row-major, from 0 to the length of the axis − 1.</param>
        /// <param name="shape">Their shape.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ShapeException">The shape of the indices does not fit x or their number.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is out of range (negative ones are).</exception>
        public Variable<T> TakeAlongAxis(ReadOnlySpan<int> indices, ReadOnlySpan<int> shape, int axis)
        {
            Shape from = x.Shape, given = Shape.Create(shape);
            axis = from.Axis("TakeAlongAxis", axis);
            if (given.Rank != from.Rank || indices.Length != given.Size)
                throw new ShapeException($"TakeAlongAxis: x is {from}, {indices.Length} indices of shape {given} came; needs as many axes as x, and as many indices as their shape has.");
            Shape target = Shape.Broadcast("TakeAlongAxis", from.With(axis, 1), given), whole = target.With(axis, from.Lengths[axis]);
            Indices.Check("TakeAlongAxis", indices, from.Lengths[axis]);
            Variable<T> source = whole == from ? x : x.BroadcastTo(whole);
            if (target == given) return source.Gather(indices, given, axis);

            // the indices repeated where their shape has length 1
            int[] rented = ArrayPool<int>.Shared.Rent(target.Size);
            for (int i = 0; i < target.Size; i++)
            {
                int place = 0, stride = 1;
                for (int d = target.Rank - 1, rest = i; d >= 0; rest /= target.Lengths[d], stride *= given.Lengths[d], d--)
                    if (given.Lengths[d] > 1) place += rest % target.Lengths[d] * stride;
                rented[i] = indices[place];
            }

            Variable<T> y = source.Gather(rented.AsSpan(0, target.Size), target, axis);
            ArrayPool<int>.Shared.Return(rented);
            return y;
        }
    }
}
