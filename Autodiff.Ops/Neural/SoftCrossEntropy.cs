using System.Numerics;

namespace Autodiff;

/// <summary>Cross entropy with soft targets, a probability t of each class: −(1/n)·Σᵢ Σ_c t[i, c]·ln softmax(xᵢ)_c.</summary>
/// <remarks>
/// Shapes: logits and target [..., classes] → a scalar, the mean over all but the last axis. x̄ᵢ = (softmax(xᵢ)·Σ tᵢ − tᵢ)/n, t̄ᵢ = −ln softmax(xᵢ)/n: rows of the target
/// need not sum to 1. A class with t = 0 costs nothing even where its logit is −∞. NaN gives NaN. The mean of nothing is NaN.
/// </remarks>
public readonly struct SoftCrossEntropy : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("rows", x => x[0].CrossEntropy(x[1]), Sample.Of(4, 3), Sample.In(Domain.In((0.1, 1)), 4, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SoftCrossEntropy"/>
        /// <param name="target">Probabilities, of the logits' shape.</param>
        /// <exception cref="ShapeException">The shapes differ, or there is no axis.</exception>
        public Scalar<T> CrossEntropy(Variable<T> target)
        {
            Shape shape = logits.Shape;
            if (shape.Rank == 0 || shape != target.Shape) throw new ShapeException($"CrossEntropy: the logits are {shape}, the target {target.Shape}; needs both: [..., classes].");

            // 0·(−∞) does not count, and the target's derivative is the logarithm at 0, too: the chain rule's product
            Variable<T> terms = Variable<T>.Apply<Chain>(target, logits.LogSoftmax(-1));
            return terms.Sum() / T.CreateChecked(-shape.Without(shape.Rank - 1).Size);
        }
    }
}
