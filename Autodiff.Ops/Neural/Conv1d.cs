using System.Numerics;

namespace Autodiff;

/// <summary>
/// Convolution of sequences: y[b, o, s] = biasₒ + Σ kernel[o, c, j]·x[b, c, s·stride − padding + j·dilation], x being 0 outside.
/// The kernel is not flipped (cross-correlation).
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, w], kernel [out, channels, kw], bias [out] → [batch, out, ow] with
/// ow = ⌊(w + 2·padding − dilation·(kw − 1) − 1) / stride⌋ + 1. The derivatives are convolutions, too; they exist to any order.
/// </remarks>
public readonly struct Conv1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("without bias", x => x[0].Conv1d(x[1]), Sample.Of(2, 3, 7), Sample.Of(4, 3, 3)),
        new("stride and padding", x => x[0].Conv1d(x[1], x[2], stride: 2, padding: 1), Sample.Of(2, 3, 7), Sample.Of(4, 3, 3), Sample.Of(4)),
        new("dilation", x => x[0].Conv1d(x[1], x[2], padding: 2, dilation: 2), Sample.Of(2, 3, 7), Sample.Of(4, 3, 3), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Conv1d"/>
        /// <param name="kernel">[out, channels, kw].</param>
        /// <param name="stride">The elements from one output to the next.</param>
        /// <param name="padding">The zeros put before and behind the sequences.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or the kernel is longer than the padded sequences.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Conv1d(Variable<T> kernel, int stride = 1, int padding = 0, int dilation = 1)
            => Autodiff.Conv2d.Of("Conv1d", x, kernel, 1, stride, padding, dilation);

        /// <inheritdoc cref="Autodiff.Conv1d"/>
        /// <param name="kernel">[out, channels, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The elements from one output to the next.</param>
        /// <param name="padding">The zeros put before and behind the sequences.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or the kernel is longer than the padded sequences.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride or dilation is not positive, or the padding negative.</exception>
        public Variable<T> Conv1d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int dilation = 1)
            => Autodiff.Conv2d.WithBias("Conv1d", x.Conv1d(kernel, stride, padding, dilation), bias);
    }
}
