using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Each channel divided by what its neighbours say: y_c = x_c / (k + α·mean x²)^β, the mean over the channels c − ⌊n/2⌋ … c + ⌊(n − 1)/2⌋, those that are not there being 0.</summary>
/// <remarks>
/// Shapes: [batch, channels, ...] → x's. The derivative is that of the formula: a channel is in the sums of its neighbours, too. NaN in a channel gives NaN in those whose window has it.
/// Source: Krizhevsky, Sutskever and Hinton (2012), with α divided by n as in PyTorch.
/// </remarks>
public readonly struct LocalResponseNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].LocalResponseNorm(3, alpha: 0.5), Sample.Of(2, 4, 1, 2)),
        new("an even window", x => x[0].LocalResponseNorm(2, 0.3, 0.5, 2), Sample.Of(1, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LocalResponseNorm"/>
        /// <param name="size">n, the channels of a window.</param>
        /// <param name="alpha">α.</param>
        /// <param name="beta">β.</param>
        /// <param name="k">k.</param>
        /// <exception cref="ShapeException">x has fewer than three axes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The size is not positive, or a number is not finite.</exception>
        public Variable<T> LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
        {
            Shape shape = x.Shape;
            if (shape.Rank < 3) throw new ShapeException($"LocalResponseNorm: x is {shape}; needs x: [batch, channels, ...] with one axis of places or more.");
            if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), $"LocalResponseNorm: size is {size}; needs a positive number.");
            if (!double.IsFinite(alpha + beta + k))
                throw new ArgumentOutOfRangeException(nameof(alpha), string.Create(CultureInfo.InvariantCulture, $"LocalResponseNorm: alpha is {alpha}, beta is {beta}, k is {k}; needs finite numbers."));
            if (shape.Size == 0) return x;
            Variable<T> squares = x.Square().Reshape([shape[0], 1, shape[1], shape.Around(1).Inner]).Pad(2, size / 2, (size - 1) / 2);
            Variable<T> means = squares.AvgPool2d((size, 1), (1, 1)).Reshape(shape);
            return x / (Variable<T>.Of(k) + (Variable<T>.Of(alpha) * means)).Pow(beta);
        }
    }
}
