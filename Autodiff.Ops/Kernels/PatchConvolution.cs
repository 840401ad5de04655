using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>
/// Convolution by copied patches and matrix products, for every geometry: what the direct kernels are not made for, such as few filters
/// in a group. The patches of one image at a time, or of a block of its outputs where they would be many.
/// </summary>
internal static class PatchConvolution
{
    /// <summary>The most elements of a matrix of patches, which is to stay in the second-level cache.</summary>
    private const int MaxElements = 1 << 16;

    /// <summary>y of images [from, to); the bias may be empty.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int group = filters / s.Groups, taps = s.Taps, outputs = s.Outputs;
        Blocks blocks = new(s);
        T[] scratch = ArrayPool<T>.Shared.Rent(s.PatchesAreTheImage ? 0 : checked((taps + group) * blocks.Largest));
        for (int i = from * s.Groups; i < to * s.Groups; i++)
        {
            int g = i % s.Groups;
            ReadOnlySpan<T> image = x.Slice(i * s.GroupSize, s.GroupSize), weights = kernel.Slice(g * group * taps, group * taps);
            Span<T> planes = y.Slice(i * group * outputs, group * outputs);
            for (int at = 0; at < outputs;)
            {
                OutputBlock block = blocks.At(at);
                int count = block.Count;
                ReadOnlySpan<T> columns = Columns(image, scratch, s, block);
                Span<T> product = count == outputs ? planes : scratch.AsSpan(taps * count, group * count);
                // [filters, taps]·[taps, outputs]
                MatrixProduct.Multiply(weights, columns, product, group, taps, count, false, false, accumulate: false);
                if (count < outputs) Layout.Copy(product, 0, count, planes, at, outputs, count, group);
                at += count;
            }

            if (!bias.IsEmpty) AddBias(bias.Slice(g * group, group), planes, outputs);
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    /// <summary>The transpose by the images: x of images [from, to), written.</summary>
    public static void Input<T>(ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int group = filters / s.Groups, taps = s.Taps, outputs = s.Outputs;
        Blocks blocks = new(s);
        T[] scratch = ArrayPool<T>.Shared.Rent(s.PatchesAreTheImage ? 0 : checked((taps + group) * blocks.Largest));
        for (int i = from * s.Groups; i < to * s.Groups; i++)
        {
            ReadOnlySpan<T> weights = kernel.Slice(i % s.Groups * group * taps, group * taps), planes = u.Slice(i * group * outputs, group * outputs);
            Span<T> image = x.Slice(i * s.GroupSize, s.GroupSize);
            if (!s.PatchesAreTheImage) image.Clear();
            for (int at = 0; at < outputs;)
            {
                OutputBlock block = blocks.At(at);
                int count = block.Count;
                Span<T> columns = s.PatchesAreTheImage ? image : scratch.AsSpan(0, taps * count);
                // [filters, taps]ᵀ·[filters, outputs], and every patch back to its pixels
                MatrixProduct.Multiply(weights, Part(planes, scratch, group, taps, outputs, at, count), columns, taps, group, count, true, false, accumulate: false);
                if (!s.PatchesAreTheImage) Patches.ScatterAdd(columns, image, s, block);
                at += count;
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    /// <summary>The transpose by the kernels: kernel += what images [from, to) have to say, one after the other.</summary>
    public static void AddKernel<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> u, Span<T> kernel, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int group = filters / s.Groups, taps = s.Taps, outputs = s.Outputs;
        Blocks blocks = new(s);
        T[] scratch = ArrayPool<T>.Shared.Rent(s.PatchesAreTheImage ? 0 : checked((taps + group) * blocks.Largest));
        for (int i = from * s.Groups; i < to * s.Groups; i++)
        {
            ReadOnlySpan<T> image = x.Slice(i * s.GroupSize, s.GroupSize), planes = u.Slice(i * group * outputs, group * outputs);
            Span<T> weights = kernel.Slice(i % s.Groups * group * taps, group * taps);
            for (int at = 0; at < outputs;)
            {
                OutputBlock block = blocks.At(at);
                int count = block.Count;
                ReadOnlySpan<T> columns = Columns(image, scratch, s, block);
                // [filters, outputs]·[taps, outputs]ᵀ
                MatrixProduct.Multiply(Part(planes, scratch, group, taps, outputs, at, count), columns, weights, group, count, taps, false, true, accumulate: true);
                at += count;
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static ReadOnlySpan<T> Columns<T>(ReadOnlySpan<T> image, T[] scratch, in ConvolutionShape s, in OutputBlock block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (s.PatchesAreTheImage) return image;
        Patches.Gather(image, scratch, s, block);
        return scratch.AsSpan(0, s.Taps * block.Count);
    }

    /// <summary>Columns [at, at + count) of the planes as a matrix of their own, behind the patches.</summary>
    private static ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> planes, T[] scratch, int filters, int taps, int outputs, int at, int count)
        where T : unmanaged
    {
        if (count == outputs) return planes;
        Span<T> part = scratch.AsSpan(taps * count, filters * count);
        Layout.Copy(planes, at, outputs, part, 0, count, count, filters);
        return part;
    }

    private static void AddBias<T>(ReadOnlySpan<T> bias, Span<T> planes, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int f = 0; f < bias.Length; f++) TensorPrimitives.Add(planes.Slice(f * outputs, outputs), bias[f], planes.Slice(f * outputs, outputs));
    }

    /// <summary>The division of an output plane: whole rows, or parts of one where a row is too long.</summary>
    private readonly struct Blocks
    {
        private readonly int height, width, rows, columns;

        public Blocks(in ConvolutionShape s)
        {
            (height, width) = (s.OutputHeight, s.OutputWidth);
            long most = s.PatchesAreTheImage ? int.MaxValue : Math.Max(1, MaxElements / Math.Max(1, s.Taps));
            rows = (int)Math.Clamp(most / width, 1, height);
            columns = rows > 1 ? width : (int)Math.Min(width, most);
        }

        /// <summary>The outputs of the largest.</summary>
        public int Largest => rows * columns;

        /// <summary>The one that begins with an output.</summary>
        public OutputBlock At(int output)
        {
            (int row, int column) = Math.DivRem(output, width);
            return new OutputBlock(row, column == 0 ? Math.Min(rows, height - row) : 1, column, Math.Min(columns, width - column));
        }
    }
}
