using System.Numerics;

namespace Autodiff;

/// <summary>Soft margin (logistic) loss of scores x and classes t of −1 and 1: (1/n)·Σ ln(1 + e^(−tᵢ·xᵢ)).</summary>
/// <remarks>Shapes: x and t alike → a scalar. x̄ = −t·σ(−t·x)/n, t̄ = −x·σ(−t·x)/n. No overflow, and all digits where the loss is small. NaN gives NaN. The mean of nothing is NaN.</remarks>
public readonly struct SoftMargin : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("scores", x => x[0].SoftMargin(x[1]), Sample.Of(2, 3), Sample.In(Domain.In((-1, 1)), 2, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SoftMargin"/>
        /// <param name="target">−1 or 1 for each score.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Scalar<T> SoftMargin(Variable<T> target)
        {
            if (scores.Shape != target.Shape) throw new ShapeException($"SoftMargin: the scores are {scores.Shape}, the target {target.Shape}; needs equal shapes.");
            return (-(target * scores)).Softplus().Mean();
        }
    }
}
