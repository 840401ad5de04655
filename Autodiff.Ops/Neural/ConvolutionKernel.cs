using System.Buffers;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The transpose of <see cref="Convolution"/> by the kernels: X, U → K, with ⟨K̄, K⟩ = ⟨K̄ ⋆ X, U⟩. Bilinear.</summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], u [batch, out, oh, ow] → [out, channels, kh, kw]. X̄ = <see cref="ConvolutionInput"/>(U, K̄),
/// Ū = <see cref="Convolution"/>(X, K̄). The images are added up one after the other.
/// </remarks>
/// <param name="Geometry">Sizes, stride, padding and dilation of the convolution.</param>
internal readonly record struct ConvolutionKernel(ConvolutionShape Geometry) : IOperation<ConvolutionKernel>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> u, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ConvolutionKernel(geometry), x, u);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[1][1], Geometry.Channels, Geometry.KernelHeight, Geometry.KernelWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ConvolutionShape g = Geometry;
        int batch = step.Shape(0)[0], filters = step.Shape(1)[1], image = g.ImageSize, taps = g.Taps, outputs = g.Outputs;
        T[]? rented = g.PatchesAreTheImage ? null : ArrayPool<T>.Shared.Rent(taps * outputs);
        if (batch == 0) step.Output.Clear();
        for (int b = 0; b < batch; b++)
        {
            ReadOnlySpan<T> columns = step[0].Slice(b * image, image);
            if (rented is not null)
            {
                Patches.Gather(columns, rented, g);
                columns = rented.AsSpan(0, taps * outputs);
            }

            // [out, outputs]·[taps, outputs]ᵀ
            MatrixProduct.Multiply(step[1].Slice(b * filters * outputs, filters * outputs), columns, step.Output, filters, outputs, taps, false, true, accumulate: b > 0);
        }

        if (rented is not null) ArrayPool<T>.Shared.Return(rented);
    }

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
    ];
}
