using System.Numerics;

namespace Autodiff;

/// <summary>Mean squared error: (1/n)·Σ (xᵢ − yᵢ)².</summary>
/// <remarks>Shapes: x and y alike → a scalar. x̄ = 2(x − y)/n, ȳ the opposite. The mean of nothing is NaN.</remarks>
public readonly struct MeanSquaredError : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("matrices", x => x[0].MeanSquaredError(x[1]), Sample.Of(4, 2), Sample.Of(4, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MeanSquaredError"/>
        /// <param name="y">What x should be; of x's shape, since a broadcast is nearly always a forgotten axis.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Scalar<T> MeanSquaredError(Variable<T> y)
        {
            if (x.Shape != y.Shape) throw new ShapeException($"MeanSquaredError: x is {x.Shape}, y is {y.Shape}; needs equal shapes.");
            return (x - y).Square().Sum() / T.CreateChecked(x.Size);
        }
    }
}
