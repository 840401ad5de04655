using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Cosine embedding loss of pairs, c being the cosine of their angle: the mean of 1 − c where the target is positive (alike), else of max(0, c − margin).</summary>
/// <remarks>
/// Shapes: a and b [..., d], a target of 1 and −1 [...] → a scalar. The derivatives are those of <see cref="CosineSimilarity"/>; where a pair is far enough apart, also just so, they are 0.
/// A vector of zeros has the cosine 0. NaN gives NaN, in the target, too. The mean of nothing is NaN.
/// </remarks>
public readonly struct CosineEmbedding : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("alike", x => x[0].CosineEmbedding(x[1], x[2]), Sample.In(Domain.NonZero, 3, 4), Sample.In(Domain.NonZero, 3, 4), Sample.In(Domain.In((0.5, 1)), 3)),
        new("not alike, and near", x => x[0].CosineEmbedding(x[1], x[2]), Sample.In(Domain.Positive, 3, 4), Sample.In(Domain.Positive, 3, 4), Sample.In(Domain.In((-1, -0.5)), 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CosineEmbedding"/>
        /// <param name="b">The other vectors.</param>
        /// <param name="target">1 for pairs that are alike, −1 for the others.</param>
        /// <param name="margin">The cosine from which on a pair that is not alike costs something; from −1 to 1.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is not from −1 to 1.</exception>
        public Scalar<T> CosineEmbedding(Variable<T> b, Variable<T> target, double margin = 0)
        {
            Autodiff.Pairs.Check("CosineEmbedding", a.Shape, b.Shape, target.Shape);
            if (!(margin >= -1 && margin <= 1))
                throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"CosineEmbedding: margin is {margin}; needs a number from -1 to 1."));
            Variable<T> cosine = a.CosineSimilarity(b), zero = T.Zero, one = T.One, apart = (cosine - Variable<T>.Of(margin)).Relu();

            // a target that is NaN is seen: the difference is 0 for every finite one
            return (Variable<T>.IfGreater(target, zero, one - cosine, apart) + (target - target)).Mean();
        }
    }
}
