using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Attention: Y = softmax(scale·Q·Kᵀ + mask)·V, along the last axis; the scale is 1 / √d unless it is given.</summary>
/// <remarks>
/// Shapes: q [..., l, d], k [..., s, d], v [..., s, e] → [..., l, e]; leading axes (batch, heads) broadcast. With the causal mask a query reads the keys up to
/// its own place, the first query the first key: where there are more keys than queries, nobody reads the last ones (for queries at the end of their keys give a mask,
/// <c>Triu(s − l + 1)</c> of −∞). Two matrix products and one pass between them; the weights [..., l, s] are kept for the sweep. Scores of
/// −∞ exclude their keys; a query that excludes all of them gives NaN. A mask is a tensor that broadcasts to [..., l, s] and is added to the scaled scores: −∞ excludes a key, 0 leaves it,
/// other numbers shift it (and may be learned); for a mask of ones and zeros, <c>Variable.Where(mask, 0, −∞)</c>. A query to which the mask leaves no key gives 0, with
/// gradient 0 (PyTorch: NaN).
/// Source: Vaswani et al., Attention Is All You Need (2017).
/// </remarks>
public readonly struct ScaledDotProductAttention : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("one head", x => Variable.ScaledDotProductAttention(x[0], x[1], x[2]), Sample.Of(3, 2), Sample.Of(4, 2), Sample.Of(4, 3)),
        new("causal heads", x => Variable.ScaledDotProductAttention(x[0], x[1], x[2], causal: true), Sample.Of(2, 3, 2), Sample.Of(2, 3, 2), Sample.Of(2, 3, 2)),
        new("keys that all heads share", x => Variable.ScaledDotProductAttention(x[0], x[1], x[2], scale: 0.3), Sample.Of(2, 3, 2), Sample.Of(4, 2), Sample.Of(1, 4, 2)),
        new("a mask of scores", x => Variable.ScaledDotProductAttention(x[0], x[1], x[2], x[3]), Sample.Of(2, 3, 2), Sample.Of(2, 4, 2), Sample.Of(4, 2), Sample.Of(3, 4)),
    ];

    /// <summary>The mask's part in a causal one: −∞ for the keys behind the query.</summary>
    internal static Variable<T> Causal<T>(Tape<T> tape, int l, int s) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] rented = ArrayPool<T>.Shared.Rent(l * s);
        for (int i = 0; i < l * s; i++) rented[i] = i % s > i / s ? T.NegativeInfinity : T.Zero;
        Variable<T> mask = tape.Constant(rented.AsSpan(0, l * s), [l, s]);
        ArrayPool<T>.Shared.Return(rented);
        return mask;
    }

    /// <summary>1 for each row of a mask that leaves a key, 0 for the others, [..., l, 1]; nothing if all do.</summary>
    internal static Variable<T>? Kept<T>(Variable<T> mask) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = mask.Shape;
        int n = shape[-1], rows = n == 0 ? 0 : shape.Size / n;
        T[] rented = ArrayPool<T>.Shared.Rent(rows);
        bool all = true;
        for (int row = 0; row < rows; row++)
        {
            rented[row] = T.One;
            if (mask.Values.Slice(row * n, n).ContainsAnyExcept(T.NegativeInfinity)) continue;
            (rented[row], all) = (T.Zero, false);
        }

        Variable<T>? kept = all ? null : mask.Recording!.Tape.Constant(rented.AsSpan(0, rows), shape.With(shape.Rank - 1, 1));
        ArrayPool<T>.Shared.Return(rented);
        return kept;
    }

    /// <summary>The factor of the scores, if all fits.</summary>
    internal static double Factor(in Shape q, in Shape k, in Shape v, double? scale)
    {
        if (q.Rank < 2 || k.Rank < 2 || v.Rank < 2 || q[-1] != k[-1] || k[-2] != v[-2] || q[-1] == 0)
            throw new ShapeException($"ScaledDotProductAttention: q is {q}, k is {k}, v is {v}; needs q: [..., l, d], k: [..., s, d], v: [..., s, e] with d above 0.");
        double factor = scale ?? (1 / Math.Sqrt(q[-1]));
        return factor > 0 && !double.IsInfinity(factor) ? factor
            : throw new ArgumentOutOfRangeException(nameof(scale), string.Create(CultureInfo.InvariantCulture, $"ScaledDotProductAttention: the scale is {factor}; needs a positive, finite number."));
    }
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.ScaledDotProductAttention"/>
    /// <param name="q">The queries, [..., l, d].</param>
    /// <param name="k">The keys, [..., s, d].</param>
    /// <param name="v">What is read, [..., s, e].</param>
    /// <param name="causal">Whether a query reads only keys up to its own place.</param>
    /// <param name="scale">The factor of the scores, positive and finite; 1 / √d if left out.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite.</exception>
    public static Variable<T> ScaledDotProductAttention<T>(Variable<T> q, Variable<T> k, Variable<T> v, bool causal = false, double? scale = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double factor = Autodiff.ScaledDotProductAttention.Factor(q.Shape, k.Shape, v.Shape, scale);
        return AttentionWeights.Of(Autodiff.MatMul.Of(q, k, false, true), factor, causal).MatMul(v);
    }

    /// <inheritdoc cref="Autodiff.ScaledDotProductAttention"/>
    /// <param name="q">The queries, [..., l, d].</param>
    /// <param name="k">The keys, [..., s, d].</param>
    /// <param name="v">What is read, [..., s, e].</param>
    /// <param name="mask">What is added to the scores; it broadcasts to [..., l, s].</param>
    /// <param name="causal">Whether a query reads only keys up to its own place, beside what the mask says.</param>
    /// <param name="scale">The factor of the scores, positive and finite; 1 / √d if left out.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite.</exception>
    public static Variable<T> ScaledDotProductAttention<T>(Variable<T> q, Variable<T> k, Variable<T> v, Variable<T> mask, bool causal = false, double? scale = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double factor = Autodiff.ScaledDotProductAttention.Factor(q.Shape, k.Shape, v.Shape, scale);
        Shape given = mask.Shape;
        int l = q.Shape[-2], s = k.Shape[-2];
        if (given.Rank == 0 || (given[-1] != s && given[-1] != 1) || (given.Rank > 1 && given[-2] != l && given[-2] != 1))
            throw new ShapeException($"ScaledDotProductAttention: q is {q.Shape}, k is {k.Shape}, the mask {given}; needs a mask that broadcasts to [..., {l}, {s}].");
        if (causal) mask += Autodiff.ScaledDotProductAttention.Causal(mask.Recording!.Tape, l, s);
        Variable<T>? kept = Autodiff.ScaledDotProductAttention.Kept(mask);
        if (kept is { } rows) mask = Variable.Where(rows, mask, T.Zero);
        Variable<T> y = AttentionWeights.Of((Autodiff.MatMul.Of(q, k, false, true) * Variable<T>.Of(factor)) + mask, 1, false).MatMul(v);
        return kept is { } some ? Variable<T>.Apply<Chain>(some, y) : y;
    }
}
