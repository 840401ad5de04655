using System.Numerics;

namespace Autodiff;

/// <summary>Transposed convolution of sequences: every element puts its multiple of the kernel into the result, y[b, o, s·stride − padding + j·dilation] = biasₒ + Σ x[b, c, s]·kernel[c, o, j].</summary>
/// <remarks>
/// Shapes: x [batch, channels, w], kernel [channels, out/groups, kw], bias [out] → [batch, out, ow] with
/// ow = (w − 1)·stride − 2·padding + dilation·(kw − 1) + outputPadding + 1, as in PyTorch. It is the derivative of <see cref="Conv1d"/> by its sequences; its own derivatives
/// are convolutions, to any order.
/// </remarks>
public readonly struct ConvTranspose1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("dilation", x => x[0].ConvTranspose1d(x[1], x[2], stride: 2, dilation: 2), Sample.Of(2, 2, 3), Sample.Of(2, 3, 2), Sample.Of(3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.ConvTranspose1d"/>
        /// <param name="kernel">[channels, out/groups, kw].</param>
        /// <param name="stride">The elements of the result from one element of x to the next.</param>
        /// <param name="padding">What is cut off the result, on each side.</param>
        /// <param name="outputPadding">What the result is longer at its end; less than the stride.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and results fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the result has no elements or too many.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is too small, or outputPadding not less than the stride.</exception>
        public Variable<T> ConvTranspose1d(Variable<T> kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1)
            => Autodiff.ConvTranspose2d.Of("ConvTranspose1d", x, kernel, null, 1, stride, padding, outputPadding, dilation, groups);

        /// <inheritdoc cref="Autodiff.ConvTranspose1d"/>
        /// <param name="kernel">[channels, out/groups, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The elements of the result from one element of x to the next.</param>
        /// <param name="padding">What is cut off the result, on each side.</param>
        /// <param name="outputPadding">What the result is longer at its end; less than the stride.</param>
        /// <param name="dilation">The elements from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and results fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the result has no elements or too many.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is too small, or outputPadding not less than the stride.</exception>
        public Variable<T> ConvTranspose1d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1)
            => Autodiff.ConvTranspose2d.Of("ConvTranspose1d", x, kernel, bias, 1, stride, padding, outputPadding, dilation, groups);
    }
}
