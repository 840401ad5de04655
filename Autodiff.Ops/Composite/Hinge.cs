using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Hinge loss of scores x and classes t of −1 and 1: (1/n)·Σ max(0, margin − tᵢ·xᵢ).</summary>
/// <remarks>Shapes: x and t alike → a scalar. x̄ = −t/n where the margin is not kept, else 0 (also where it is kept just so); t̄ = −x/n there. NaN gives NaN. The mean of
/// nothing is NaN.</remarks>
public readonly struct Hinge : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("all within the margin", x => x[0].Hinge(x[1], margin: 5), Sample.Of(2, 3), Sample.Of(2, 3)),
        new("some beyond", x => x[0].Hinge(x[1]), Sample.In(Domain.In((-2, -1.2), (-0.5, 0.5), (1.2, 2)), 8), Sample.In(Domain.In((0.9, 1.1)), 8)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Hinge"/>
        /// <param name="target">−1 or 1 for each score.</param>
        /// <param name="margin">The score from which nothing is lost; finite.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is not finite.</exception>
        public Scalar<T> Hinge(Variable<T> target, double margin = 1)
        {
            if (scores.Shape != target.Shape) throw new ShapeException($"Hinge: the scores are {scores.Shape}, the target {target.Shape}; needs equal shapes.");
            if (!double.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"Hinge: margin is {margin}; needs a finite number."));
            return (Variable<T>.Of(margin) - (target * scores)).Relu().Mean();
        }
    }
}
