using System.Numerics;

namespace Autodiff;

/// <summary>
/// Stochastic gradient descent: g ← g + weightDecay·w; b ← momentum·b + g (the first b is g); w ← w − learningRate·b, or with Nesterov's momentum
/// w ← w − learningRate·(g + momentum·b).
/// </summary>
/// <remarks>The formulas are those of PyTorch's SGD without dampening. Without momentum b is g, and nothing is remembered.
/// Source of the second: Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning (2013).</remarks>
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
    /// <param name="nesterov">Whether the momentum looks ahead.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one comes twice, or there is no momentum that could look ahead.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or NaN.</exception>
    public Sgd(IEnumerable<Parameter<T>> parameters, double learningRate, double momentum = 0, double weightDecay = 0, bool nesterov = false)
    {
        this.parameters = Trained.List("Sgd", parameters);
        LearningRate = learningRate;
        Momentum = Trained.Fraction("Sgd", nameof(momentum), momentum);
        WeightDecay = Trained.NotNegative("Sgd", nameof(weightDecay), weightDecay);
        if (nesterov && momentum == 0) throw new ArgumentException("Sgd: momentum is 0, nesterov is true; needs a momentum above 0.", nameof(nesterov));
        Nesterov = nesterov;
        if (momentum > 0) velocities = Trained.Zeros(this.parameters);
    }

    /// <inheritdoc/>
    public double LearningRate { get; set => field = Trained.NotNegative("Sgd", "learningRate", value); }

    /// <summary>What is kept of the last step.</summary>
    public double Momentum { get; }

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether the momentum looks ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public void Step(Gradients<T> gradients)
    {
        Trained.Check(parameters, gradients);
        for (int i = 0; i < parameters.Length; i++)
            Kernels.Updates.Descend(parameters[i].Values, gradients[parameters[i]], velocities is null ? default : velocities[i], LearningRate, Momentum, WeightDecay, Nesterov);
    }
}
