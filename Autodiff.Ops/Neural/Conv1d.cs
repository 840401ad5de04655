using System.Numerics;

namespace Autodiff;

/// <summary>
/// Convolution of sequences: y[b, o, s] = biasₒ + Σ kernel[o, c, j]·x[b, c, s·stride − padding + j·dilation], x being 0 outside.
/// The kernel is not flipped (cross-correlation).
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, w], kernel [out, channels/groups, kw], bias [out] → [batch, out, ow] with
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
        new("groups", x => x[0].Conv1d(x[1], x[2], padding: 1, groups: 2), Sample.Of(2, 4, 5), Sample.Of(4, 2, 3), Sample.Of(4)),
        new("a group for each channel", x => x[0].Conv1d(x[1], groups: 3), Sample.Of(2, 3, 7), Sample.Of(3, 1, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Conv1d"/>
        /// <param name="kernel">[out, channels/groups, kw].</param>
        /// <param name="stride">The elements from one output to the next.</param>
        /// <param name="padding">The zeros put before and behind the sequences.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order: a filter looks at its own group\'s channels alone.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, the kernel is longer than the padded sequences, or a size is 2³¹ or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv1d(Variable<T> kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv2d.Of("Conv1d", x, kernel, null, 1, stride, padding, dilation, groups);

        /// <inheritdoc cref="Autodiff.Conv1d"/>
        /// <param name="kernel">[out, channels/groups, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The elements from one output to the next.</param>
        /// <param name="padding">The zeros put before and behind the sequences.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order: a filter looks at its own group\'s channels alone.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, the kernel is longer than the padded sequences, or a size is 2³¹ or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv1d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv2d.Of("Conv1d", x, kernel, bias, 1, stride, padding, dilation, groups);
    }
}
