using System.Numerics;

namespace Autodiff;

/// <summary>The covariances of variables of which each row holds the observations: Cᵢⱼ = Σₖ (xᵢₖ − mᵢ)·(xⱼₖ − mⱼ) / (n − c), m being the rows' means and c the correction.</summary>
/// <remarks>Shapes: [..., v, n] → [..., v, v]. X̄ = (C̄ + C̄ᵀ)·(X − m)/(n − c), less its rows' means. The means are taken first, so a large common offset costs no digits of the deviations.
/// The diagonal holds the variances of a sample (c = 1) or of a population (c = 0). Where n − c is 0 or less, the sum is divided by 0. NumPy and PyTorch take c = 1, too.</remarks>
public readonly struct Cov : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of a sample", x => x[0].Cov(), Sample.Of(2, 3)),
        new("of a population, a batch", x => x[0].Cov(0), Sample.Of(2, 2, 3)),
    ];

    /// <summary>Each row less its mean.</summary>
    internal static Variable<T> Deviations<T>(string op, Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        if (shape.Rank < 2) throw new ShapeException($"{op}: x is {shape}; needs a row of observations for each variable, [..., v, n].");
        return x - x.Mean(-1, keepDims: true);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Cov"/>
        /// <param name="correction">What is taken from the number of observations.</param>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        public Variable<T> Cov(double correction = 1)
        {
            Variable<T> deviations = Autodiff.Cov.Deviations("Cov", x);
            return Autodiff.MatMul.Of(deviations, deviations, false, true) / Variable<T>.Of(Math.Max(0, x.Shape[-1] - correction));
        }
    }
}
