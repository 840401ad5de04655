using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// RMSProp: g ← g + weightDecay·w; v ← decay·v + (1 − decay)·g²; b ← momentum·b + g / (√v + ε); w ← w − learningRate·b.
/// </summary>
/// <remarks>Source: Tieleman and Hinton, lecture 6.5 of Neural Networks for Machine Learning (2012); the formulas are those of PyTorch's RMSprop, not centred.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RmsProp<T> : IOptimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] parameters;
    private readonly T[][] squares;
    private readonly T[][]? velocities;
    private readonly double decay, epsilon;

    /// <summary>For the given parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">The step length, 0 or more.</param>
    /// <param name="decay">What is kept of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, 0 or more.</param>
    /// <param name="weightDecay">The factor of the L2 penalty ½·weightDecay·‖w‖², 0 or more.</param>
    /// <param name="momentum">What is kept of the last step, in [0, 1).</param>
    /// <exception cref="ArgumentException">There is no parameter, or one comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or NaN.</exception>
    public RmsProp(IEnumerable<Parameter<T>> parameters, double learningRate = 0.01, double decay = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0)
    {
        this.parameters = Trained.List("RmsProp", parameters);
        LearningRate = learningRate;
        this.decay = Trained.Fraction("RmsProp", nameof(decay), decay);
        this.epsilon = Trained.NotNegative("RmsProp", nameof(epsilon), epsilon);
        Momentum = Trained.Fraction("RmsProp", nameof(momentum), momentum);
        WeightDecay = Trained.NotNegative("RmsProp", nameof(weightDecay), weightDecay);
        squares = Trained.Zeros(this.parameters);
        if (momentum > 0) velocities = Trained.Zeros(this.parameters);
    }

    /// <inheritdoc/>
    public double LearningRate { get; set => field = Trained.NotNegative("RmsProp", "learningRate", value); }

    /// <summary>What is kept of the last step.</summary>
    public double Momentum { get; }

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public void Step(Gradients<T> gradients)
    {
        Trained.Check(parameters, gradients);
        var factors = new RootFactors(decay, epsilon, Momentum, WeightDecay, LearningRate);
        for (int i = 0; i < parameters.Length; i++)
            RootUpdates.Run(parameters[i].Values, gradients[parameters[i]], squares[i], velocities is null ? default : velocities[i], factors);
    }
}
