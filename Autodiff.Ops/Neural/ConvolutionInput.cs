using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The transpose of <see cref="Convolution"/> by the images: U, K → X, with ⟨X̄, X⟩ = ⟨K ⋆ X̄, U⟩. Bilinear.</summary>
/// <remarks>
/// Shapes: u [batch, out, oh, ow], kernel [out, channels/groups, kh, kw] → [batch, channels, h, w]. Ū = <see cref="Convolution"/>(X̄, K),
/// K̄ = <see cref="ConvolutionKernel"/>(X̄, U).
/// </remarks>
/// <param name="Geometry">Sizes, stride, padding, dilation and groups of the convolution.</param>
internal readonly record struct ConvolutionInput(ConvolutionShape Geometry) : IOperation<ConvolutionInput>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> u, Variable<T> kernel, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ConvolutionInput(geometry), u, kernel);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], Geometry.Channels, Geometry.Height, Geometry.Width];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => SharedConvolutions.Input(step[0], step[1], step.Output, step.Shape(1)[0], Geometry, step.Shape(0)[0]);

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(0)) step.Accumulate(0, Convolution.Of(step.Cotangent, step[1], Geometry));
        if (step.Wants(1)) step.Accumulate(1, ConvolutionKernel.Of(step.Cotangent, step[0], Geometry));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("plain", x => Of(x[0], x[1], Convolution.Small(1, 0, 1)), Sample.Of(2, 3, 3, 3), Sample.Of(3, 2, 3, 2)),
        new("stride and padding", x => Of(x[0], x[1], Convolution.Small(2, 1, 1)), Sample.Of(2, 3, 3, 3), Sample.Of(3, 2, 3, 2)),
        new("one pixel", x => Of(x[0], x[1], new ConvolutionShape(2, 3, 3, 1, 1, 1, 1, 0, 0, 1, 1)), Sample.Of(2, 3, 3, 3), Sample.Of(3, 2, 1, 1)),
        new("two groups", x => Of(x[0], x[1], Convolution.Small(1, 1, 1) with { Groups = 2 }), Sample.Of(2, 2, 5, 5), Sample.Of(2, 1, 3, 2)),
    ];
}
