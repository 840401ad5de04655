using System.Numerics;

namespace Autodiff;

/// <summary>The steps of which an <see cref="Einsum"/> is made: diagonals, sums, products of two, and the order of the result.</summary>
internal static class EinsumSteps
{
    /// <summary>An axis that stands twice becomes the diagonal; one of length 1 that is longer elsewhere goes, for repetition is what a missing axis means.</summary>
    public static void TakeDiagonals<T>(ref Einsum.Term<T> term, in EinsumEquation equation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> room = stackalloc int[Shape.MaxRank];
        for (int i = term.Axes.Count - 1; i >= 0; i--)
        {
            int first = term.Axes.Place(term.Axes[i]);
            if (first != i)
            {
                // the two axes last, and the diagonal is the last of what remains
                Span<int> order = room[..term.Axes.Count];
                AxisList axes = default;
                for (int k = 0, at = 0; k < term.Axes.Count; k++)
                {
                    if (k == first || k == i) continue;
                    order[at++] = k;
                    axes.Add(term.Axes[k]);
                }

                axes.Add(term.Axes[i]);
                (order[^2], order[^1]) = (first, i);
                Variable<T> x = term.Tensor;
                if (first != order.Length - 2) x = Variable<T>.Apply(new Permute(order), x);
                term = new() { Tensor = x.Diagonal(), Axes = axes };
                i = axes.Count;
            }
            else if (term.Tensor.Shape.Lengths[i] == 1 && equation.Length(term.Axes[i]) != 1)
            {
                term = new() { Tensor = term.Tensor.Reshape(term.Tensor.Shape.Without(i)), Axes = term.Axes.Without(i) };
            }
        }
    }

    /// <summary>Sums over the axes that nobody else has.</summary>
    public static void SumAlone<T>(ref Einsum.Term<T> term, ulong kept) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = term.Axes.Count - 1; i >= 0; i--)
            if ((kept & (1UL << term.Axes[i])) == 0) term = new() { Tensor = term.Tensor.Sum(i), Axes = term.Axes.Without(i) };
    }

    /// <summary>
    /// The product of two terms: what both have and others want is a batch, what only they have is summed over, the rest are rows and columns:
    /// A [batch, rows, summed], B [batch, summed, columns], either with its last two exchanged if it is stored so.
    /// </summary>
    public static Einsum.Term<T> Join<T>(in Einsum.Term<T> a, in Einsum.Term<T> b, ulong kept, in EinsumEquation equation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ulong both = a.Axes.Set & b.Axes.Set, summed = both & ~kept, batch = both & kept;
        AxisList batches = default, sums = default, rows = default, columns = default;
        a.Axes.AddTo(ref batches, batch);
        a.Axes.AddTo(ref sums, summed);
        a.Axes.AddTo(ref rows, ~both);
        b.Axes.AddTo(ref columns, ~both);
        (Variable<T> left, bool leftTransposed) = Matrices(a, batches, rows, sums, equation);
        (Variable<T> right, bool rightTransposed) = Matrices(b, batches, sums, columns, equation);
        Variable<T> product = Autodiff.MatMul.Of(left, right, leftTransposed, rightTransposed);
        AxisList axes = batches;
        rows.AddTo(ref axes, ulong.MaxValue);
        columns.AddTo(ref axes, ulong.MaxValue);
        Span<int> lengths = stackalloc int[axes.Count];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = equation.Length(axes[i]);
        return new() { Tensor = product.Reshape(lengths), Axes = axes };
    }

    /// <summary>A term with its axes in a given order.</summary>
    public static Variable<T> Arranged<T>(in Einsum.Term<T> term, in AxisList order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (term.Axes.SameAs(order)) return term.Tensor;
        Span<int> places = stackalloc int[order.Count];
        for (int i = 0; i < places.Length; i++) places[i] = term.Axes.Place(order[i]);
        return Variable<T>.Apply(new Permute(places), term.Tensor);
    }

    private static (Variable<T> Matrices, bool Transposed) Matrices<T>(
        in Einsum.Term<T> term, in AxisList batches, in AxisList first, in AxisList second, in EinsumEquation equation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AxisList straight = batches, exchanged = batches;
        first.AddTo(ref straight, ulong.MaxValue);
        second.AddTo(ref straight, ulong.MaxValue);
        second.AddTo(ref exchanged, ulong.MaxValue);
        first.AddTo(ref exchanged, ulong.MaxValue);
        bool transposed = !term.Axes.SameAs(straight) && term.Axes.SameAs(exchanged);
        int m = Size(first, equation), n = Size(second, equation);
        Variable<T> x = Arranged(term, transposed ? exchanged : straight);
        return (x.Reshape([Size(batches, equation), transposed ? n : m, transposed ? m : n]), transposed);
    }

    private static int Size(in AxisList axes, in EinsumEquation equation)
    {
        int size = 1;
        foreach (int axis in axes.Span) size *= equation.Length(axis);
        return size;
    }
}
