using System.Buffers;
using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// Convolution with the filters along the lanes: an image's patches, read where they lie, times the transposed kernels is the output with
/// its filters innermost, which is turned over on its way out.
/// </summary>
internal static unsafe class DirectConvolution<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>What a block of outputs may take of the cache, unless that were fewer than <see cref="FewestOutputs"/>.</summary>
    private const int BlockBytes = 32 << 10;

    /// <summary>So many outputs at least share a walk through the kernels: those of several images where one has fewer.</summary>
    private const int FewestOutputs = 64;

    /// <summary>Several images lie within so many elements, which offsets can name.</summary>
    private const int FarthestImage = 1 << 24;

    /// <summary>The outputs of images [from, to); no size is 0. The bias may be empty.</summary>
    public static void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, width = PatchProduct<T, TVector, TLanes>.Padded(group), taps = s.Taps, outputs = s.Outputs;
        int size = s.IsBare ? s.ImageSize : PatchOffsets.PaddedSize(s);
        int images = Math.Min(Math.Min((FewestOutputs + outputs - 1) / outputs, Math.Max(1, FarthestImage / size)), to - from);
        int block = images > 1 ? images * outputs : Block(outputs, width), packed = checked(s.Groups * taps * width);
        T[] numbers = ArrayPool<T>.Shared.Rent(checked(PatchProduct<T, TVector, TLanes>.Slack + packed + (s.Groups + block) * width + (s.IsBare ? 0 : images * size)));
        int[] offsets = ArrayPool<int>.Shared.Rent(checked(taps + images * outputs));
        fixed (T* px = x, pk = kernel, pb = bias, py = y, start = numbers)
        fixed (int* steps = offsets)
        {
            T* panels = PatchProduct<T, TVector, TLanes>.Align(start), biases = panels + packed, tile = biases + s.Groups * width, room = tile + block * width;
            new Span<T>(biases, s.Groups * width).Clear();
            if (!s.IsBare) new Span<T>(room, images * size).Clear();
            PatchOffsets.Taps(steps, s);
            PatchOffsets.Outputs(steps + taps, s, images, size);
            for (int g = 0; g < s.Groups; g++)
            {
                PatchProduct<T, TVector, TLanes>.PackTransposed(pk + (nint)g * group * taps, taps, group, taps, panels + (nint)g * taps * width);
                if (pb != null) new ReadOnlySpan<T>(pb + g * group, group).CopyTo(new Span<T>(biases + g * width, group));
            }

            PatchOperands<T> o = new() { Steps = steps, C = tile, CStride = width };
            for (int i = from; i < to; i += images)
            {
                int count = Math.Min(images, to - i);
                for (int g = 0; g < s.Groups; g++)
                {
                    T* image = px + (nint)i * s.ImageSize + (nint)g * s.GroupSize, target = py + ((nint)i * filters + g * group) * outputs;
                    for (int n = 0; n < count; n++) o.A = PatchOffsets.Padded(image + (nint)n * s.ImageSize, room + n * size, s) - n * size;
                    o.B = panels + (nint)g * taps * width;
                    o.Addend = biases + g * width;
                    for (int at = 0; at < count * outputs; at += block)
                    {
                        int rows = Math.Min(block, count * outputs - at);
                        o.Rows = steps + taps + at;
                        PatchProduct<T, TVector, TLanes>.Run(o, rows, taps, width);
                        if (count == 1) Transposition.Run(tile, width, target + at, outputs, rows, group);
                        else for (int n = 0; n < count; n++) Transposition.Run(tile + n * outputs * width, width, target + (nint)n * filters * outputs, outputs, outputs, group);
                    }
                }
            }
        }

        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<int>.Shared.Return(offsets);
    }

    /// <summary>Even blocks of whole tiles.</summary>
    private static int Block(int outputs, int width)
    {
        int most = Math.Max(FewestOutputs, BlockBytes / (width * sizeof(T))), blocks = (outputs + most - 1) / most;
        int block = (outputs + blocks - 1) / blocks;
        return (block + TLanes.TileRows - 1) / TLanes.TileRows * TLanes.TileRows;
    }
}
