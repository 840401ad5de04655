using System.Numerics;

namespace Autodiff;

/// <summary>
/// Instance normalisation: y = gain·(x − μ) / √(σ² + ε) + bias, μ and σ² being the mean and (population) variance of one channel of one element of the batch.
/// </summary>
/// <remarks>
/// Shapes: x [n, c, ...] with one axis of places or more, gain and bias [c] → x's. The same as <see cref="GroupNorm"/> with as many groups as channels. A channel
/// of equal elements (or of one) gives the bias, with finite gradients as long as ε &gt; 0. NaN makes its channel NaN.
/// Source: Ulyanov, Vedaldi and Lempitsky, Instance Normalization (2016).
/// </remarks>
public readonly struct InstanceNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].InstanceNorm(x[1], x[2]), Sample.Of(2, 2, 2, 3), Sample.Of(2), Sample.Of(2)),
        new("sequences, without gain and bias", x => x[0].InstanceNorm(epsilon: 0.1), Sample.Of(2, 2, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.InstanceNorm"/>
        /// <param name="gain">[c].</param>
        /// <param name="bias">[c].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has fewer than three axes, or gain or bias are not [c].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> InstanceNorm(Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            ChannelNorms.Check("InstanceNorm", x, gain, bias);
            return ChannelNorms.Affine(x.InstanceNorm(epsilon), gain, bias);
        }

        /// <inheritdoc cref="Autodiff.InstanceNorm"/>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has fewer than three axes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> InstanceNorm(double epsilon = 1e-5)
        {
            if (x.Shape.Rank < 3) throw new ShapeException($"InstanceNorm: x is {x.Shape}; needs [n, c, ...] with one axis of places or more.");
            ChannelNorms.CheckEpsilon("InstanceNorm", epsilon);
            return ChannelNorms.Groups(x, x.Shape[1], epsilon);
        }
    }
}
