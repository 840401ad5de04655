using System.Numerics;

namespace Autodiff;

/// <summary>Adam with decoupled weight decay: w ← w − learningRate·weightDecay·w, then the step of <see cref="Adam{T}"/>.</summary>
/// <remarks>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019); the formulas are those of PyTorch's AdamW.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AdamW<T> : IOptimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Moments<T> moments;

    /// <summary>For the given parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">The step length, 0 or more.</param>
    /// <param name="beta1">What is kept of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">What is kept of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, 0 or more.</param>
    /// <param name="weightDecay">The part of w, times the learning rate, that is lost in a step; 0 or more.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or NaN.</exception>
    public AdamW(IEnumerable<Parameter<T>> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
    {
        moments = new Moments<T>("AdamW", parameters, beta1, beta2, epsilon);
        LearningRate = learningRate;
        WeightDecay = Trained.NotNegative("AdamW", nameof(weightDecay), weightDecay);
    }

    /// <inheritdoc/>
    public double LearningRate { get; set => field = Trained.NotNegative("AdamW", "learningRate", value); }

    /// <summary>The part of w, times the learning rate, that is lost in a step.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public void Step(Gradients<T> gradients) => moments.Step(gradients, LearningRate, penalty: 0, WeightDecay);
}
