using System.Numerics;

namespace Autodiff;

/// <summary>
/// Batch normalisation: y = gain·(x − μ) / √(σ² + ε) + bias for each channel. In training μ and σ² are the mean and (population) variance of the channel
/// over the batch and all places; afterwards they are given.
/// </summary>
/// <remarks>
/// Shapes: x [n, c, ...], gain, bias (mean, variance) [c] → x's. In training x̄ goes through μ and σ², too: x̄ = r·(g − mean g − y'·mean(g·y')), r = 1 / √(σ² + ε),
/// y' the normalised x, g = ȳ·gain; with given statistics x̄ = ȳ·gain·r, and they have gradients of their own. A channel of equal elements gives the bias,
/// with finite gradients as long as ε &gt; 0. NaN makes its channel NaN. Running statistics are the caller's: the mean and variance of x over all axes but 1
/// (PyTorch keeps the variance with n/(n − 1)).
/// Source: Ioffe and Szegedy, Batch Normalization (2015).
/// </remarks>
public readonly struct BatchNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].BatchNorm(x[1], x[2]), Sample.Of(4, 3), Sample.Of(3), Sample.Of(3)),
        new("pictures", x => x[0].BatchNorm(x[1], x[2], epsilon: 0.1), Sample.Of(2, 3, 2, 2), Sample.Of(3), Sample.Of(3)),
        new("given statistics", x => x[0].BatchNorm(x[1], x[2], x[3], x[4]), Sample.Of(2, 3, 2), Sample.Of(3), Sample.In(Domain.Positive, 3), Sample.Of(3), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.BatchNorm"/>
        /// <param name="gain">[c].</param>
        /// <param name="bias">[c].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has fewer than two axes, or gain or bias are not [c].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> BatchNorm(Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            ChannelNorms.Check("BatchNorm", x, gain, bias);
            ChannelNorms.CheckEpsilon("BatchNorm", epsilon);
            Shape shape = x.Shape;
            if (shape.Size == 0) return ChannelNorms.Affine(x, gain, bias);

            // a channel becomes a row of memory: [n, c, ...] → [c, n, ...]; exchanging two axes is its own inverse
            Span<int> exchange = stackalloc int[shape.Rank];
            for (int i = 0; i < exchange.Length; i++) exchange[i] = i;
            (exchange[0], exchange[1]) = (1, 0);
            Variable<T> channels = x.Permute(exchange);
            Variable<T> y = Standardise.Of(channels.Reshape([shape[1], shape.Size / shape[1]]), epsilon).Reshape(channels.Shape);
            return ChannelNorms.Affine(y.Permute(exchange), gain, bias);
        }

        /// <inheritdoc cref="Autodiff.BatchNorm"/>
        /// <param name="mean">μ of each channel, [c].</param>
        /// <param name="variance">σ² of each channel, [c].</param>
        /// <param name="gain">[c].</param>
        /// <param name="bias">[c].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has fewer than two axes, or one of the others is not [c].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> BatchNorm(Variable<T> mean, Variable<T> variance, Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            ChannelNorms.Check("BatchNorm", x, gain, bias);
            ChannelNorms.CheckEpsilon("BatchNorm", epsilon);
            if (mean.Shape != gain.Shape || variance.Shape != gain.Shape)
                throw new ShapeException($"BatchNorm: x is {x.Shape}, the mean {mean.Shape}, the variance {variance.Shape}; needs x: [n, c, ...], mean and variance: [c].");
            Variable<T> deviation = x - ChannelNorms.Along(mean, x.Shape.Rank);
            return ChannelNorms.Affine(deviation, gain * (variance + Variable<T>.Of(epsilon)).ReciprocalSqrt(), bias);
        }
    }
}
