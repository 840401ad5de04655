using System.Numerics;

namespace Autodiff;

/// <summary>
/// Group normalisation: y = gain·(x − μ) / √(σ² + ε) + bias, μ and σ² being the mean and (population) variance of a group of c/groups neighbouring channels at
/// all their places, for each element of the batch by itself.
/// </summary>
/// <remarks>
/// Shapes: x [n, c, ...], gain and bias [c] → x's. x̄ = r·(g − mean g − y'·mean(g·y')), means over the group, r = 1 / √(σ² + ε), y' the normalised x, g = ȳ·gain.
/// A group of equal elements gives the bias, with finite gradients as long as ε &gt; 0. NaN makes its group NaN.
/// Source: Wu and He, Group Normalization (2018).
/// </remarks>
public readonly struct GroupNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two groups", x => x[0].GroupNorm(2, x[1], x[2]), Sample.Of(2, 4, 3), Sample.Of(4), Sample.Of(4)),
        new("one group, no places", x => x[0].GroupNorm(1, x[1], x[2], epsilon: 0.1), Sample.Of(2, 4), Sample.Of(4), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.GroupNorm"/>
        /// <param name="groups">The number of groups, which divides c.</param>
        /// <param name="gain">[c].</param>
        /// <param name="bias">[c].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has fewer than two axes, gain or bias are not [c], or the groups do not divide c.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The number of groups is not positive, or ε is negative, infinite or NaN.</exception>
        public Variable<T> GroupNorm(int groups, Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            ChannelNorms.Check("GroupNorm", x, gain, bias);
            ChannelNorms.CheckEpsilon("GroupNorm", epsilon);
            if (groups < 1) throw new ArgumentOutOfRangeException(nameof(groups), $"GroupNorm: groups is {groups}; needs a positive number.");
            if (x.Shape[1] % groups != 0) throw new ShapeException($"GroupNorm: x is {x.Shape}, groups is {groups}; needs a number that divides the {x.Shape[1]} channels.");
            return ChannelNorms.Affine(ChannelNorms.Groups(x, groups, epsilon), gain, bias);
        }
    }
}
