using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Convolution (cross-correlation) of images with a bank of kernels: Y = K ⋆ X, bilinear, and Y = K ⋆ X + B with a bias for each filter.</summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], kernel [out, channels/groups, kh, kw], perhaps a bias [out] → [batch, out, oh, ow]. X̄ = <see cref="ConvolutionInput"/>(Ȳ, K),
/// K̄ = <see cref="ConvolutionKernel"/>(X, Ȳ). Any two of the three operations are the derivatives of the third, so that every order comes from
/// the same three rules. B̄ = Ȳ summed over everything but the filters: the bias joins here since a step of its own would read and write
/// all of Y once more.
/// </remarks>
/// <param name="Geometry">Sizes, stride, padding, dilation and groups.</param>
internal readonly record struct Convolution(ConvolutionShape Geometry) : IOperation<Convolution>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> kernel, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Convolution(geometry), x, kernel);

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> kernel, Variable<T> bias, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Convolution(geometry), x, kernel, bias);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], inputs[1][0], Geometry.OutputHeight, Geometry.OutputWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => SharedConvolutions.Run(step[0], step[1], step.Count > 2 ? step[2] : [], step.Output, step.Shape(1)[0], Geometry, step.Shape(0)[0]);

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(0)) step.Accumulate(0, ConvolutionInput.Of(step.Cotangent, step[1], Geometry));
        if (step.Wants(1)) step.Accumulate(1, ConvolutionKernel.Of(step[0], step.Cotangent, Geometry));
        if (step.Count > 2 && step.Wants(2)) step.Accumulate(2, step.Cotangent.Reshape([step.Shape(0)[0], step.Shape(2)[0], Geometry.Outputs]).Sum(2).Sum(0));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("plain", x => Of(x[0], x[1], Small(1, 0, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("stride and padding", x => Of(x[0], x[1], Small(2, 1, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("dilation", x => Of(x[0], x[1], Small(1, 2, 2)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("one pixel", x => Of(x[0], x[1], new ConvolutionShape(2, 3, 3, 1, 1, 1, 1, 0, 0, 1, 1)), Sample.Of(2, 2, 3, 3), Sample.Of(3, 2, 1, 1)),
        new("two groups", x => Of(x[0], x[1], Small(1, 1, 1) with { Groups = 2 }), Sample.Of(2, 2, 5, 4), Sample.Of(4, 1, 3, 2)),
        new("bias", x => Of(x[0], x[1], x[2], Small(1, 1, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2), Sample.Of(3)),
    ];

    /// <summary>A small geometry for cases: 2 channels, 5×4 pixels, kernels of 3×2.</summary>
    internal static ConvolutionShape Small(int stride, int padding, int dilation)
        => new(2, 5, 4, 3, 2, stride, stride, padding, padding, dilation, dilation);
}
