using System.Numerics;

namespace Autodiff;

/// <summary>
/// Stochastic gradient descent: g ← g + weightDecay·w; b ← momentum·b + g (the first b is g); w ← w − learningRate·b.
/// </summary>
/// <remarks>The formulas are those of PyTorch's SGD without dampening. Without momentum b is g, and nothing is remembered.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sgd<T> : IOptimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] parameters;
    private readonly T[][]? velocities;

    /// <summary>For the given parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">The step length, 0 or more.</param>
    /// <param name="momentum">What is kept of the last step, in [0, 1).</param>
    /// <param name="weightDecay">The factor of the L2 penalty ½·weightDecay·‖w‖², 0 or more.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or NaN.</exception>
    public Sgd(IEnumerable<Parameter<T>> parameters, double learningRate, double momentum = 0, double weightDecay = 0)
    {
        this.parameters = Trained.List("Sgd", parameters);
        LearningRate = learningRate;
        Momentum = Trained.Fraction("Sgd", nameof(momentum), momentum);
        WeightDecay = Trained.NotNegative("Sgd", nameof(weightDecay), weightDecay);
        if (momentum > 0) velocities = Trained.Zeros(this.parameters);
    }

    /// <inheritdoc/>
    public double LearningRate { get; set => field = Trained.NotNegative("Sgd", "learningRate", value); }

    /// <summary>What is kept of the last step.</summary>
    public double Momentum { get; }

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public void Step(Gradients<T> gradients)
    {
        Trained.Check(parameters, gradients);
        for (int i = 0; i < parameters.Length; i++)
            Kernels.Updates.Descend(parameters[i].Values, gradients[parameters[i]], velocities is null ? default : velocities[i], LearningRate, Momentum, WeightDecay);
    }
}
