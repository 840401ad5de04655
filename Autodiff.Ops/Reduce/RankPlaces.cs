using System.Numerics;

namespace Autodiff;

/// <summary>The elements of given ranks in each lane, as a selection with constant places: what the median and quantiles are made of.</summary>
internal static class RankPlaces
{
    /// <summary>The elements of the ranks, counted in ascending order, along one axis that gets their number as its length; the first NaN of a lane that has one.</summary>
    public static Variable<T> Select<T>(Variable<T> x, int axis, IntegerList order, ReadOnlySpan<int> wanted) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        (int outer, int n, int inner) = shape.Around(axis);
        IntegerList list = x.Reserve(checked(outer * wanted.Length * inner));
        ReadOnlySpan<int> ranks = x.Recording!.Attributes.Integers(order.Start, order.Count);
        Span<int> places = x.Recording.Attributes.Integers(list.Start, list.Count);
        ReadOnlySpan<T> values = x.Values;
        for (int lane = 0; lane < outer * inner; lane++)
        {
            // NaN stand at the end of the order
            int first = (lane / inner * n * inner) + (lane % inner), target = (lane / inner * wanted.Length * inner) + (lane % inner), at = n;
            while (at > 0 && T.IsNaN(values[first + (ranks[first + ((at - 1) * inner)] * inner)])) at--;
            for (int k = 0; k < wanted.Length; k++) places[target + (k * inner)] = ranks[first + ((at < n ? at : wanted[k]) * inner)];
        }

        return Variable<T>.Apply(new Gather(axis, shape.With(axis, wanted.Length), list), x);
    }
}
