using System.Numerics;

namespace Autodiff;

/// <summary>Root mean square normalisation over the last axis: y = gain·x / √(mean(x²) + ε).</summary>
/// <remarks>
/// Shapes: x [..., n], gain [n] → x's. With r = 1 / √(mean(x²) + ε): x̄ = r·(g − x·r²·mean(g·x)), g = ȳ·gain; the gain's gradient is the sum of ȳ·x·r over
/// the rows. A row of zeros gives zeros, with finite gradients as long as ε &gt; 0. NaN anywhere in a row gives a row of NaN.
/// Source: Zhang and Sennrich, Root Mean Square Layer Normalization (2019).
/// </remarks>
public readonly struct RmsNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].RmsNorm(x[1]), Sample.Of(3, 6), Sample.Of(6)),
        new("a vector, a large epsilon", x => x[0].RmsNorm(x[1], epsilon: 0.5), Sample.Of(4), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.RmsNorm"/>
        /// <param name="gain">[n].</param>
        /// <param name="epsilon">ε, added to the mean of the squares.</param>
        /// <exception cref="ShapeException">x has no axis, or the gain is not [n].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> RmsNorm(Variable<T> gain, double epsilon = 1e-5)
        {
            Shape shape = x.Shape;
            if (shape.Rank == 0 || gain.Shape != [shape[-1]]) throw new ShapeException($"RmsNorm: x is {shape}, the gain {gain.Shape}; needs x: [..., n], gain: [n].");
            ChannelNorms.CheckEpsilon("RmsNorm", epsilon);
            return x * (x.Square().Mean(-1, keepDims: true) + Variable<T>.Of(epsilon)).ReciprocalSqrt() * gain;
        }
    }
}
