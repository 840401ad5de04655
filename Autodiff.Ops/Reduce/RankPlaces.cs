using System.Numerics;

namespace Autodiff;

/// <summary>The element of a given rank in each lane, as a selection with constant places: what the median and quantiles are made of.</summary>
internal static class RankPlaces
{
    /// <summary>The elements of the rank, in ascending order, along one axis that stays with length 1; the first NaN of a lane that has one.</summary>
    public static Variable<T> Select<T>(Variable<T> x, int axis, IntegerList order, int rank) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        (int outer, int n, int inner) = shape.Around(axis);
        IntegerList list = x.Reserve(outer * inner);
        ReadOnlySpan<int> ranks = x.Recording!.Attributes.Integers(order.Start, order.Count);
        Span<int> places = x.Recording.Attributes.Integers(list.Start, list.Count);
        ReadOnlySpan<T> values = x.Values;
        for (int lane = 0; lane < places.Length; lane++)
        {
            // NaN stand at the end of the order
            int first = (lane / inner * n * inner) + (lane % inner), at = n;
            while (at > 0 && T.IsNaN(values[first + (ranks[first + ((at - 1) * inner)] * inner)])) at--;
            places[lane] = ranks[first + ((at < n ? at : rank) * inner)];
        }

        return Variable<T>.Apply(new Gather(axis, shape.With(axis, 1), list), x);
    }
}
