using System.Numerics;

namespace Autodiff;

/// <summary>
/// Adam: g ← g + weightDecay·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← w − learningRate·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
/// in the t-th step.
/// </summary>
/// <remarks>Source: Kingma and Ba, Adam: A Method for Stochastic Optimization (2015); the formulas are those of PyTorch's Adam.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Adam<T> : IOptimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Moments<T> moments;

    /// <summary>For the given parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">The step length, 0 or more.</param>
    /// <param name="beta1">What is kept of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">What is kept of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, 0 or more.</param>
    /// <param name="weightDecay">The factor of the L2 penalty ½·weightDecay·‖w‖², 0 or more; for a decay that is not scaled with the gradient, <see cref="AdamW{T}"/>.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or NaN.</exception>
    public Adam(IEnumerable<Parameter<T>> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        moments = new Moments<T>("Adam", parameters, beta1, beta2, epsilon);
        LearningRate = learningRate;
        WeightDecay = Trained.NotNegative("Adam", nameof(weightDecay), weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; set => field = Trained.NotNegative("Adam", "learningRate", value); }

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public void Step(Gradients<T> gradients) => moments.Step(gradients, LearningRate, WeightDecay, weightDecay: 0);
}
