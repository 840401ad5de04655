using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Layer normalisation over the last axis: y = gain·(x − μ) / √(σ² + ε) + bias, μ and σ² being a row's mean and (population) variance.</summary>
/// <remarks>Shapes: x [..., n], gain and bias [n] → x's. A row of equal elements gives the bias, with finite gradients as long as ε &gt; 0.</remarks>
public readonly struct LayerNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].LayerNorm(x[1], x[2]), Sample.Of(3, 6), Sample.Of(6), Sample.Of(6)),
        new("a vector, a large epsilon", x => x[0].LayerNorm(x[1], x[2], epsilon: 0.5), Sample.Of(4), Sample.Of(4), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LayerNorm"/>
        /// <param name="gain">[n].</param>
        /// <param name="bias">[n].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has no axis, or gain or bias are not [n].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> LayerNorm(Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            Shape shape = x.Shape;
            int n = shape.Rank == 0 ? 0 : shape[-1];
            if (shape.Rank == 0 || gain.Shape != [n] || bias.Shape != [n])
                throw new ShapeException($"LayerNorm: x is {shape}, the gain {gain.Shape}, the bias {bias.Shape}; needs x: [..., n], gain and bias: [n].");
            if (!(epsilon >= 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"LayerNorm: epsilon is {epsilon}; needs a finite number, 0 or more."));
            return (Standardise.Of(x, epsilon) * gain) + bias;
        }
    }
}
