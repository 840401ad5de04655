using System.Numerics;

namespace Autodiff;

/// <summary>
/// Convolution of volumes: y[b, o, q, r, s] = biasₒ + Σ kernel[o, c, k, i, j]·x[b, c, q·stride − padding + k·dilation, r·stride − padding + i·dilation, …], x being 0 outside. The
/// kernel is not flipped (cross-correlation).
/// </summary>
/// <remarks>
/// Shapes: x [batch, channels, d, h, w], kernel [out, channels/groups, kd, kh, kw], bias [out] → [batch, out, od, oh, ow] with od = ⌊(d + 2·padding − dilation·(kd − 1) − 1) / stride⌋ + 1, oh
/// and ow likewise. It is a <see cref="Conv2d"/> of slices whose channels are those of kd slices. The derivatives exist to any order. Cost: x is copied kd/stride times.
/// </remarks>
public readonly struct Conv3d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("without bias", x => x[0].Conv3d(x[1]), Sample.Of(1, 2, 3, 3, 2), Sample.Of(2, 2, 2, 2, 2)),
        new("stride, padding, groups", x => x[0].Conv3d(x[1], x[2], stride: 2, padding: 1, groups: 2), Sample.Of(2, 2, 3, 2, 3), Sample.Of(2, 1, 2, 3, 2), Sample.Of(2)),
    ];

    internal static Variable<T> Of<T>(Variable<T> x, Variable<T> kernel, Variable<T>? bias, int stride, int padding, int dilation, int groups) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const string op = nameof(Conv3d);
        Shape sx = x.Shape, sk = kernel.Shape;
        bool isGood = stride > 0 && padding >= 0 && dilation > 0 && groups > 0;
        if (sx.Rank != 5 || sk.Rank != 5 || (isGood && (sx[1] % groups != 0 || sk[0] % groups != 0 || sx[1] / groups != sk[1] || !Fits(2) || !Fits(3) || !Fits(4))))
        {
            throw new ShapeException($"{op}: x is {sx}, the kernel {sk}, groups is {groups}; needs x: [batch, channels, d, h, w], kernel: [out, channels/groups, kd, kh, kw] that fits into the "
                + "padded x, channels and out divisible by the groups.");
        }

        if (bias is { } b && b.Shape != [sk[0]]) throw new ShapeException($"{op}: the bias is {b.Shape}, the kernel {sk}; needs bias: [{sk[0]}].");
        int depth = ConvolutionGeometry.Of(op, [sx[0], sx[1], sx[2]], [sk[0], sk[1], sk[2]], 1, stride, padding, dilation, groups).OutputWidth, kd = sk[2];
        double image = (double)Length(3) * Length(4) * Math.Max(1, sk[0]), slice = (double)sx[1] * kd * Math.Max(1, sx[3]) * Math.Max(1, sx[4]);
        if (Math.Max(1.0, sx[0]) * depth * Math.Max(image, slice) > int.MaxValue)
            throw new ShapeException($"{op}: x is {sx}, the kernel {sk}, the padding {padding}, the stride {stride}; needs slices and outputs of fewer than 2^31 elements.");
        Variable<T> padded = padding == 0 ? x : x.Pad(2, padding, padding);
        IntegerList list = x.Reserve(checked(depth * kd));
        Span<int> from = x.Recording!.Attributes.Integers(list.Start, list.Count);
        for (int i = 0; i < from.Length; i++) from[i] = (i / kd * stride) + (i % kd * dilation);
        Variable<T> slices = Variable<T>.Apply(new IndexSelect(2, list), padded).Reshape([sx[0], sx[1], depth, kd, sx[3], sx[4]]).Permute([0, 2, 1, 3, 4, 5]);
        Variable<T> y = Conv2d.Of(op, slices.Reshape([sx[0] * depth, sx[1] * kd, sx[3], sx[4]]), kernel.Reshape([sk[0], sk[1] * kd, sk[3], sk[4]]), bias, 2, stride, padding, dilation, groups);
        Shape flat = y.Shape;
        return y.Reshape([sx[0], depth, flat[1], flat[2], flat[3]]).Permute([0, 2, 1, 3, 4]);

        long Length(int axis) => ((sx[axis] + (2L * padding) - ((sk[axis] - 1L) * dilation) - 1) / stride) + 1;

        bool Fits(int axis) => sk[axis] > 0 && ((sk[axis] - 1L) * dilation) + 1 <= sx[axis] + (2L * padding);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Conv3d"/>
        /// <param name="kernel">[out, channels/groups, kd, kh, kw].</param>
        /// <param name="stride">The places from one output to the next, along each axis.</param>
        /// <param name="padding">The zeros put around the volumes, on each side.</param>
        /// <param name="dilation">The places from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the kernel is larger than the padded volumes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv3d(Variable<T> kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv3d.Of(x, kernel, null, stride, padding, dilation, groups);

        /// <inheritdoc cref="Autodiff.Conv3d"/>
        /// <param name="kernel">[out, channels/groups, kd, kh, kw].</param>
        /// <param name="bias">[out].</param>
        /// <param name="stride">The places from one output to the next, along each axis.</param>
        /// <param name="padding">The zeros put around the volumes, on each side.</param>
        /// <param name="dilation">The places from one element of the kernel to the next.</param>
        /// <param name="groups">The groups into which channels and filters fall, in their order.</param>
        /// <exception cref="ShapeException">The shapes or groups do not fit, or the kernel is larger than the padded volumes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The stride, dilation or number of groups is not positive, or the padding negative.</exception>
        public Variable<T> Conv3d(Variable<T> kernel, Variable<T> bias, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
            => Autodiff.Conv3d.Of(x, kernel, bias, stride, padding, dilation, groups);
    }
}
