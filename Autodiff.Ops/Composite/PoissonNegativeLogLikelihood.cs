using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Negative log likelihood of counts t under Poisson distributions of rates λ, without ln t!: (1/n)·Σ λ − t·ln λ; x is ln λ, or λ itself.</summary>
/// <remarks>
/// Shapes: x and t alike → a scalar. By x = ln λ: (eˣ − t·x), x̄ = (eˣ − t)/n; by λ: λ − t·ln(λ + ε), λ̄ = (1 − t/(λ + ε))/n. A count of 0 costs λ even where ln λ = −∞. In full, ln Γ(t + 1)
/// is added, a constant if t is one (PyTorch adds Stirling's approximation of it, for t above 1 only). NaN gives NaN. The mean of nothing is NaN.
/// </remarks>
public readonly struct PoissonNegativeLogLikelihood : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("logarithms of rates", x => x[0].PoissonNegativeLogLikelihood(x[1]), Sample.Of(2, 3), Sample.In(Domain.Positive, 2, 3)),
        new("rates, in full", x => x[0].PoissonNegativeLogLikelihood(x[1], isLog: false, full: true), Sample.In(Domain.Positive, 4), Sample.In(Domain.Positive, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.PoissonNegativeLogLikelihood"/>
        /// <param name="target">The counts, of x's shape.</param>
        /// <param name="isLog">Whether x is the logarithm of the rates.</param>
        /// <param name="full">Whether ln t! is added.</param>
        /// <param name="epsilon">ε, added to rates under the logarithm; 0 or more, finite. Not read if x is the logarithm.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Scalar<T> PoissonNegativeLogLikelihood(Variable<T> target, bool isLog = true, bool full = false, double epsilon = 1e-8)
        {
            if (x.Shape != target.Shape) throw new ShapeException($"PoissonNegativeLogLikelihood: x is {x.Shape}, the target {target.Shape}; needs equal shapes.");
            if (!(epsilon >= 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"PoissonNegativeLogLikelihood: epsilon is {epsilon}; needs a finite number, 0 or more."));

            // 0·(−∞) does not count: the chain rule's product, and the product with a logarithm
            Variable<T> losses = isLog ? x.Exp() - Variable<T>.Apply<Chain>(target, x) : x - target.XLogY(x + Variable<T>.Of(epsilon));
            return (full ? losses + (target + Variable<T>.Of(1)).LogGamma() : losses).Mean();
        }
    }
}
