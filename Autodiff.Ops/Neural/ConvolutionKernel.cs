using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The transpose of <see cref="Convolution"/> by the kernels: X, U → K, with ⟨K̄, K⟩ = ⟨K̄ ⋆ X, U⟩. Bilinear.</summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], u [batch, out, oh, ow] → [out, channels/groups, kh, kw]. X̄ = <see cref="ConvolutionInput"/>(U, K̄),
/// Ū = <see cref="Convolution"/>(X, K̄). The images are added up in a fixed order.
/// </remarks>
/// <param name="Geometry">Sizes, stride, padding, dilation and groups of the convolution.</param>
internal readonly record struct ConvolutionKernel(ConvolutionShape Geometry) : IOperation<ConvolutionKernel>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> u, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ConvolutionKernel(geometry), x, u);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[1][1], Geometry.GroupChannels, Geometry.KernelHeight, Geometry.KernelWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => KernelSums.Run(VectorWidths.Best<T>(), step[0], step[1], step.Output, step.Shape(1)[1], Geometry, step.Shape(0)[0]);

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(0)) step.Accumulate(0, ConvolutionInput.Of(step[1], step.Cotangent, Geometry));
        if (step.Wants(1)) step.Accumulate(1, Convolution.Of(step[0], step.Cotangent, Geometry));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("plain", x => Of(x[0], x[1], Convolution.Small(1, 0, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(2, 3, 3, 3)),
        new("stride and padding", x => Of(x[0], x[1], Convolution.Small(2, 1, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(2, 3, 3, 3)),
        new("one pixel", x => Of(x[0], x[1], new ConvolutionShape(2, 3, 3, 1, 1, 1, 1, 0, 0, 1, 1)), Sample.Of(2, 2, 3, 3), Sample.Of(2, 3, 3, 3)),
        new("two groups", x => Of(x[0], x[1], Convolution.Small(1, 1, 1) with { Groups = 2 }), Sample.Of(2, 2, 5, 4), Sample.Of(2, 2, 5, 5)),
    ];
}
