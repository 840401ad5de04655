using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The running means that Adam and AdamW keep of each parameter's gradient and of its square.</summary>
internal sealed class Moments<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] parameters;
    private readonly T[][] first, second;
    private readonly double beta1, beta2, epsilon;
    private double power1 = 1, power2 = 1;

    public Moments(string optimizer, IEnumerable<Parameter<T>> parameters, double beta1, double beta2, double epsilon)
    {
        this.parameters = Trained.List(optimizer, parameters);
        this.beta1 = Trained.Fraction(optimizer, nameof(beta1), beta1);
        this.beta2 = Trained.Fraction(optimizer, nameof(beta2), beta2);
        this.epsilon = Trained.NotNegative(optimizer, nameof(epsilon), epsilon);
        (first, second) = (Trained.Zeros(this.parameters), Trained.Zeros(this.parameters));
    }

    public void Step(Gradients<T> gradients, double learningRate, double penalty, double weightDecay)
    {
        Trained.Check(parameters, gradients);
        // βᵗ; the means began at zero, so that they are too small by 1 − βᵗ
        power1 *= beta1;
        power2 *= beta2;
        AdamFactors factors = new(beta1, beta2, epsilon, penalty, 1 - (learningRate * weightDecay), learningRate / (1 - power1), 1 / Math.Sqrt(1 - power2));
        for (int i = 0; i < parameters.Length; i++)
            Updates.Adam(parameters[i].Values, gradients[parameters[i]], first[i], second[i], factors);
    }
}
