using System.Buffers;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Convolution (cross-correlation) of images with a bank of kernels: Y = K ⋆ X, bilinear.</summary>
/// <remarks>
/// Shapes: x [batch, channels, h, w], kernel [out, channels, kh, kw] → [batch, out, oh, ow]. X̄ = <see cref="ConvolutionInput"/>(Ȳ, K),
/// K̄ = <see cref="ConvolutionKernel"/>(X, Ȳ). Any two of the three operations are the derivatives of the third, so that every order comes from
/// the same three rules. By patches: an image's patches are the columns of a matrix, and Y is one matrix product for each image.
/// </remarks>
/// <param name="Geometry">Sizes, stride, padding and dilation.</param>
internal readonly record struct Convolution(ConvolutionShape Geometry) : IOperation<Convolution>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> kernel, in ConvolutionShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Convolution(geometry), x, kernel);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], inputs[1][0], Geometry.OutputHeight, Geometry.OutputWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ConvolutionShape g = Geometry;
        int filters = step.Shape(1)[0], image = g.ImageSize, taps = g.Taps, outputs = g.Outputs;
        T[]? rented = g.PatchesAreTheImage ? null : ArrayPool<T>.Shared.Rent(taps * outputs);
        for (int b = 0; b < step.Shape(0)[0]; b++)
        {
            ReadOnlySpan<T> columns = step[0].Slice(b * image, image);
            if (rented is not null)
            {
                Patches.Gather(columns, rented, g);
                columns = rented.AsSpan(0, taps * outputs);
            }

            // [out, taps]·[taps, outputs]
            MatrixProduct.Multiply(step[1], columns, step.Output.Slice(b * filters * outputs, filters * outputs), filters, taps, outputs, false, false, accumulate: false);
        }

        if (rented is not null) ArrayPool<T>.Shared.Return(rented);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(0)) step.Accumulate(0, ConvolutionInput.Of(step.Cotangent, step[1], Geometry));
        if (step.Wants(1)) step.Accumulate(1, ConvolutionKernel.Of(step[0], step.Cotangent, Geometry));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("plain", x => Of(x[0], x[1], Small(1, 0, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("stride and padding", x => Of(x[0], x[1], Small(2, 1, 1)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("dilation", x => Of(x[0], x[1], Small(1, 2, 2)), Sample.Of(2, 2, 5, 4), Sample.Of(3, 2, 3, 2)),
        new("one pixel", x => Of(x[0], x[1], new ConvolutionShape(2, 3, 3, 1, 1, 1, 1, 0, 0, 1, 1)), Sample.Of(2, 2, 3, 3), Sample.Of(3, 2, 1, 1)),
    ];

    /// <summary>A small geometry for cases: 2 channels, 5×4 pixels, kernels of 3×2.</summary>
    internal static ConvolutionShape Small(int stride, int padding, int dilation)
        => new(2, 5, 4, 3, 2, stride, stride, padding, padding, dilation, dilation);
}
