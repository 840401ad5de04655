using System.Numerics;

namespace Autodiff;

/// <summary>
/// Attention by several heads: each reads a part of its own of the projected queries, keys and values (<see cref="ScaledDotProductAttention"/>), and what they read, side by side, is
/// projected once more.
/// </summary>
/// <remarks>
/// Shapes: query [..., l, n], key and value [..., s, m], the weights [heads·d, n], [keyHeads·d, m], [keyHeads·e, m] and [out, heads·e] → [..., l, out]; leading axes are equal. Head h
/// reads rows h·d … h·d + d − 1 of the query's projection. Fewer key heads than heads (their number is taken from the key's weight, and divides that of the heads): each serves
/// heads/keyHeads heads that stand together (grouped queries; 1: multi-query). A mask broadcasts to [..., heads, l, s]; what it does, which keys a causal query reads and the scale,
/// 1/√d, are those of <see cref="ScaledDotProductAttention"/>. The gradients are those of the parts. Sources: Vaswani et al., Attention Is All You Need (2017); Ainslie et al., GQA
/// (2023). The weights are PyTorch's <c>nn.MultiheadAttention</c>: its in_proj_weight cut in three, and out_proj.
/// </remarks>
public readonly struct MultiHeadAttention : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of itself, causal", x => Variable.MultiHeadAttention(x[0], x[0], x[0], 2, x[1], x[2], x[3], x[4], causal: true),
            Sample.Of(2, 3, 2), Sample.Of(4, 2), Sample.Of(4, 2), Sample.Of(2, 2), Sample.Of(3, 2)),
        new("two sequences, grouped, masked", x => Variable.MultiHeadAttention(x[0], x[1], x[1], 2, x[2], x[3], x[3], new(x[4], x[5]), x[6]),
            Sample.Of(2, 2), Sample.Of(3, 3), Sample.Of(4, 2), Sample.Of(2, 3), Sample.Of(2, 4), Sample.Of(2), Sample.Of(2, 2, 3)),
    ];

    internal static Variable<T> Of<T>(
        Variable<T> query, Variable<T> key, Variable<T> value, int heads, in Projection<T> toQuery, in Projection<T> toKey, in Projection<T> toValue, in Projection<T> toOutput,
        Variable<T>? mask, bool causal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const string op = nameof(MultiHeadAttention);
        if (heads < 1) throw new ArgumentOutOfRangeException(nameof(heads), $"{op}: heads is {heads}; needs 1 or more.");
        Shape sq = query.Shape, sk = key.Shape, sv = value.Shape;
        if (sq.Rank < 2 || sk.Rank != sq.Rank || sv.Rank != sq.Rank || sk[-2] != sv[-2] || !sq.Lengths[..^2].SequenceEqual(sk.Lengths[..^2]) || !sq.Lengths[..^2].SequenceEqual(sv.Lengths[..^2]))
            throw new ShapeException($"{op}: the query is {sq}, the key {sk}, the value {sv}; needs query: [..., l, n], key: [..., s, m], value: [..., s, k].");
        toQuery.Check(op, sq);
        toKey.Check(op, sk);
        toValue.Check(op, sv);
        int width = toQuery.Weight.Shape[0], keys = toKey.Weight.Shape[0], values = toValue.Weight.Shape[0], size = width / heads, served = size == 0 ? 0 : keys / size;
        if (size * heads != width || size == 0 || served * size != keys || served == 0 || heads % served != 0 || values % served != 0)
        {
            throw new ShapeException($"{op}: heads is {heads}, the weights are {toQuery.Weight.Shape}, {toKey.Weight.Shape} and {toValue.Weight.Shape}; "
                + "needs [heads·d, n], [keyHeads·d, m] and [keyHeads·e, k], the heads a multiple of the key heads.");
        }

        // [..., heads, l, d], or with grouped queries [..., keyHeads, heads/keyHeads, l, d], the keys of a group being one
        int group = heads / served;
        if (sq.Rank + (group == 1 ? 1 : 2) > Shape.MaxRank)
            throw new ShapeException($"{op}: the query is {sq}, heads is {heads}, the key heads are {served}; needs at most {Shape.MaxRank - (group == 1 ? 1 : 2)} axes.");
        toOutput.Check(op, sq.With(sq.Rank - 1, values / served * heads));
        if (mask is { } added && !Broadcasts(added.Shape, sq.With(sq.Rank - 2, heads).With(sq.Rank - 1, sq[-2]).Inserted(sq.Rank, sk[-2])))
            throw new ShapeException($"{op}: heads is {heads}, the mask {added.Shape}; needs a mask that broadcasts to [..., {heads}, {sq[-2]}, {sk[-2]}].");
        Variable<T> q = Split(toQuery.Of(op, query), served, group, size);
        Variable<T> k = Split(toKey.Of(op, key), served, group == 1 ? 1 : -1, size), v = Split(toValue.Of(op, value), served, group == 1 ? 1 : -1, values / served);
        if (group > 1 && mask is { } given && given.Shape is { Rank: > 2 } sm)
        {
            int at = sm.Rank - 3;
            mask = given.Reshape(sm.With(at, sm[-3] == 1 ? 1 : served).Inserted(at + 1, sm[-3] == 1 ? 1 : group));
        }

        Variable<T> read = mask is { } m ? Variable.ScaledDotProductAttention(q, k, v, m, causal) : Variable.ScaledDotProductAttention(q, k, v, causal);
        return toOutput.Of(op, Join(read, sq.Rank, heads));
    }

    private static bool Broadcasts(in Shape mask, in Shape scores)
    {
        if (mask.Rank == 0 || mask.Rank > scores.Rank) return false;
        for (int i = 1; i <= mask.Rank; i++)
            if (mask[-i] != 1 && mask[-i] != scores[-i]) return false;
        return true;
    }

    // [..., l, heads·d] → [..., heads, l, d]; group above 1: [..., heads, group, l, d]; −1: [..., heads, 1, l, d]
    private static Variable<T> Split<T>(Variable<T> x, int heads, int group, int size) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        int rank = shape.Rank, count = Math.Max(group, 1);
        Variable<T> y = x.Reshape(shape.With(rank - 1, heads * count).Inserted(rank, size));
        Span<int> order = stackalloc int[rank + 1];
        for (int i = 0; i < rank - 2; i++) order[i] = i;
        (order[rank - 2], order[rank - 1], order[rank]) = (rank - 1, rank - 2, rank);
        y = y.Permute(order);
        return group == 1 ? y : y.Reshape(y.Shape.With(rank - 2, heads).Inserted(rank - 1, count));
    }

    // [..., heads, l, e] (or with groups) → [..., l, heads·e]
    private static Variable<T> Join<T>(Variable<T> x, int rank, int heads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        if (shape.Rank == rank + 2) shape = shape.Without(rank - 1).With(rank - 2, heads);
        Span<int> order = stackalloc int[rank + 1];
        for (int i = 0; i < rank - 2; i++) order[i] = i;
        (order[rank - 2], order[rank - 1], order[rank]) = (rank - 1, rank - 2, rank);
        return x.Reshape(shape).Permute(order).Reshape(shape.Without(rank - 2).With(rank - 1, heads * shape[-1]));
    }
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.MultiHeadAttention"/>
    /// <param name="query">What reads, [..., l, n].</param>
    /// <param name="key">What is looked at, [..., s, m].</param>
    /// <param name="value">What is read, [..., s, k].</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="toQuery">Weight [heads·d, n] and bias.</param>
    /// <param name="toKey">Weight [keyHeads·d, m] and bias.</param>
    /// <param name="toValue">Weight [keyHeads·e, k] and bias.</param>
    /// <param name="toOutput">Weight [out, heads·e] and bias.</param>
    /// <param name="mask">What is added to the scores, broadcast to [..., heads, l, s]; none if left out.</param>
    /// <param name="causal">Whether a query reads only keys up to its own place.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of heads is not positive.</exception>
    public static Variable<T> MultiHeadAttention<T>(
        Variable<T> query, Variable<T> key, Variable<T> value, int heads, Projection<T> toQuery, Projection<T> toKey, Projection<T> toValue, Projection<T> toOutput,
        Variable<T>? mask = null, bool causal = false)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Autodiff.MultiHeadAttention.Of(query, key, value, heads, toQuery, toKey, toValue, toOutput, mask, causal);
}
