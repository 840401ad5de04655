using System.Numerics;

namespace Autodiff;

/// <summary>Mean absolute error (L1): (1/n)·Σ |xᵢ − yᵢ|.</summary>
/// <remarks>Shapes: x and y alike → a scalar. x̄ = sign(x − y)/n, 0 where they are equal; ȳ the opposite. NaN gives NaN. The mean of nothing is NaN.</remarks>
public readonly struct MeanAbsoluteError : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("matrices", x => x[0].MeanAbsoluteError(x[1]), Sample.In(Domain.In((-2, -1), (1, 2)), 4, 2), Sample.In(Domain.In((-0.5, 0.5)), 4, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MeanAbsoluteError"/>
        /// <param name="y">What x should be; of x's shape, since a broadcast is nearly always a forgotten axis.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Scalar<T> MeanAbsoluteError(Variable<T> y)
        {
            if (x.Shape != y.Shape) throw new ShapeException($"MeanAbsoluteError: x is {x.Shape}, y is {y.Shape}; needs equal shapes.");
            return (x - y).Abs().Mean();
        }
    }
}
