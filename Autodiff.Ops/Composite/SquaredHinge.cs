using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Squared hinge loss of scores x and classes t of −1 and 1: (1/n)·Σ max(0, margin − tᵢ·xᵢ)².</summary>
/// <remarks>Shapes: x and t alike → a scalar. x̄ = −2·t·max(0, margin − t·x)/n, t̄ likewise with x: no kink where the margin is kept just so. NaN gives NaN. The mean of nothing is
/// NaN.</remarks>
public readonly struct SquaredHinge : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("all within the margin", x => x[0].SquaredHinge(x[1], margin: 5), Sample.Of(2, 3), Sample.Of(2, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SquaredHinge"/>
        /// <param name="target">−1 or 1 for each score.</param>
        /// <param name="margin">The score from which nothing is lost; finite.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is not finite.</exception>
        public Scalar<T> SquaredHinge(Variable<T> target, double margin = 1)
        {
            if (scores.Shape != target.Shape) throw new ShapeException($"SquaredHinge: the scores are {scores.Shape}, the target {target.Shape}; needs equal shapes.");
            if (!double.IsFinite(margin))
                throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"SquaredHinge: margin is {margin}; needs a finite number."));
            return (Variable<T>.Of(margin) - (target * scores)).Relu().Square().Mean();
        }
    }
}
