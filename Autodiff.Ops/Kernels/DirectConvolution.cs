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

    private const int FewestOutputs = 64;

    /// <summary>The outputs of images [from, to); no size is 0. The bias may be empty.</summary>
    public static void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, width = PatchProduct<T, TVector, TLanes>.Padded(group), taps = s.Taps, outputs = s.Outputs;
        int block = Block(outputs, width), image = s.IsBare ? 0 : PatchOffsets.PaddedSize(s);
        int packed = checked(s.Groups * taps * width);
        T[] numbers = ArrayPool<T>.Shared.Rent(checked(PatchProduct<T, TVector, TLanes>.Slack + packed + (s.Groups + block) * width + image));
        int[] offsets = ArrayPool<int>.Shared.Rent(checked(taps + outputs));
        fixed (T* px = x, pk = kernel, pb = bias, py = y, start = numbers)
        fixed (int* steps = offsets)
        {
            T* panels = PatchProduct<T, TVector, TLanes>.Align(start), biases = panels + packed, tile = biases + s.Groups * width, room = tile + block * width;
            new Span<T>(biases, s.Groups * width).Clear();
            new Span<T>(room, image).Clear();
            PatchOffsets.Taps(steps, s);
            PatchOffsets.Outputs(steps + taps, s);
            for (int g = 0; g < s.Groups; g++)
            {
                PatchProduct<T, TVector, TLanes>.PackTransposed(pk + (nint)g * group * taps, taps, group, taps, panels + (nint)g * taps * width);
                if (pb != null) new ReadOnlySpan<T>(pb + g * group, group).CopyTo(new Span<T>(biases + g * width, group));
            }

            PatchOperands<T> o = new() { Steps = steps, C = tile, CStride = width };
            for (int i = from * s.Groups; i < to * s.Groups; i++)
            {
                int g = i % s.Groups;
                o.A = PatchOffsets.Padded(px + (nint)i * s.GroupSize, room, s);
                o.B = panels + (nint)g * taps * width;
                o.Addend = biases + g * width;
                T* target = py + (nint)i * group * outputs;
                for (int at = 0; at < outputs; at += block)
                {
                    int rows = Math.Min(block, outputs - at);
                    o.Rows = steps + taps + at;
                    PatchProduct<T, TVector, TLanes>.Run(o, rows, taps, width);
                    Transposition.Run(tile, width, target + at, outputs, rows, group);
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
