using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>
/// Focal loss of a logistic model, of its logits x and targets t: (1/n)·Σ α'·(1 − p)^γ·ℓ with ℓ the binary cross entropy, p = t·σ(x) + (1 − t)·σ(−x) the probability of what is
/// true, and α' = α·t + (1 − α)·(1 − t).
/// </summary>
/// <remarks>
/// Shapes: logits and target alike → a scalar. What is easy, p near 1, counts little; γ = 0 is the cross entropy. 1 − p is computed as t·σ(−x) + (1 − t)·σ(x), without cancellation. The
/// derivative is that of the formula, 0 where the loss is. NaN gives NaN. The mean of nothing is NaN. Source: Lin, Goyal, Girshick, He and Dollár, Focal Loss for Dense Object
/// Detection (2017); torchvision's sigmoid_focal_loss with the reduction mean.
/// </remarks>
public readonly struct FocalLoss : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("as in the paper", x => x[0].FocalLoss(x[1]), Sample.Of(2, 3), Sample.In(Domain.In((0.1, 0.9)), 2, 3)),
        new("without alpha, a broken gamma", x => x[0].FocalLoss(x[1], null, 1.5), Sample.Of(4), Sample.In(Domain.In((0.1, 0.9)), 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.FocalLoss"/>
        /// <param name="target">Probabilities of the class 1, of the logits' shape.</param>
        /// <param name="alpha">α, what the class 1 counts, from 0 to 1; null: both classes count 1.</param>
        /// <param name="gamma">γ, 0 or more, finite.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">γ or α is out of its range.</exception>
        public Scalar<T> FocalLoss(Variable<T> target, double? alpha = 0.25, double gamma = 2)
        {
            if (logits.Shape != target.Shape) throw new ShapeException($"FocalLoss: the logits are {logits.Shape}, the target {target.Shape}; needs equal shapes.");
            if (!(gamma >= 0) || double.IsInfinity(gamma))
                throw new ArgumentOutOfRangeException(nameof(gamma), string.Create(CultureInfo.InvariantCulture, $"FocalLoss: gamma is {gamma}; needs a finite number, 0 or more."));
            if (alpha is not (null or (>= 0 and <= 1)))
                throw new ArgumentOutOfRangeException(nameof(alpha), string.Create(CultureInfo.InvariantCulture, $"FocalLoss: alpha is {alpha}; needs a number from 0 to 1, or none."));
            Variable<T> losses = Variable<T>.Apply<BinaryCrossEntropyWithLogits>(logits, target), one = T.One;
            if (gamma > 0)
            {
                Variable<T> wrong = (target * (-logits).Sigmoid()) + ((one - target) * logits.Sigmoid());
                losses *= wrong.Pow(gamma);
            }

            if (alpha is { } a) losses *= Variable<T>.Of(1 - a) + (Variable<T>.Of((2 * a) - 1) * target);
            return losses.Mean();
        }
    }
}
