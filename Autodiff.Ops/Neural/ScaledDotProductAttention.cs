using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Attention: Y = softmax(scale·Q·Kᵀ + mask)·V, along the last axis; the scale is 1 / √d unless it is given.</summary>
/// <remarks>
/// Shapes: q [..., l, d], k [..., s, d], v [..., s, e] → [..., l, e]; leading axes (batch, heads) broadcast. With the causal mask a query reads the keys up to
/// its own place, the first query the first key. Two matrix products and one pass between them; the weights [..., l, s] are kept for the sweep. Scores of
/// −∞ exclude their keys; a query that excludes all of them gives NaN.
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
    ];
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
        Shape sq = q.Shape, sk = k.Shape, sv = v.Shape;
        if (sq.Rank < 2 || sk.Rank < 2 || sv.Rank < 2 || sq[-1] != sk[-1] || sk[-2] != sv[-2] || sq[-1] == 0)
            throw new ShapeException($"ScaledDotProductAttention: q is {sq}, k is {sk}, v is {sv}; needs q: [..., l, d], k: [..., s, d], v: [..., s, e] with d above 0.");
        double factor = scale ?? (1 / Math.Sqrt(sq[-1]));
        if (!(factor > 0) || double.IsInfinity(factor))
            throw new ArgumentOutOfRangeException(nameof(scale), string.Create(CultureInfo.InvariantCulture, $"ScaledDotProductAttention: the scale is {factor}; needs a positive, finite number."));
        return AttentionWeights.Of(Autodiff.MatMul.Of(q, k, false, true), factor, causal).MatMul(v);
    }
}
