using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The transpose of a convolution by the images, with the channels innermost: what an output gives back to its patch is a row of the product
/// of the turned over outputs and the kernels, and in an image with its channels innermost each row of the patch is one run of numbers.
/// </summary>
internal static unsafe class DirectInputTranspose<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>What a block of outputs may take of the first-level cache, unless that were less than a tile.</summary>
    private const int BlockBytes = 16 << 10;

    /// <summary>The images [from, to), written; no size is 0.</summary>
    public static void Run(ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, taps = s.Taps, outputs = s.Outputs, width = PatchProduct<T, TVector, TLanes>.Padded(taps);
        int block = Math.Min(outputs, Math.Max(1, BlockBytes / (width * sizeof(T) * TLanes.TileRows)) * TLanes.TileRows);
        int image = PatchOffsets.PaddedSize(s), packed = checked(group * width);
        T[] numbers = ArrayPool<T>.Shared.Rent(checked(PatchProduct<T, TVector, TLanes>.Slack + (s.Groups + 1) * packed + (block + 1) * width + image));
        int[] offsets = ArrayPool<int>.Shared.Rent(checked(block + group + outputs));
        fixed (T* pu = u, pk = kernel, px = x, start = numbers)
        fixed (int* rows = offsets)
        {
            T* panels = PatchProduct<T, TVector, TLanes>.Align(start), zeros = panels + (nint)s.Groups * packed, tile = zeros + width, room = tile + block * width, turned = room + image;
            int* starts = rows + block + group;
            new Span<T>(zeros, width).Clear();
            PatchOffsets.Even(rows, block, 1);
            PatchOffsets.Even(rows + block, group, outputs);
            PatchOffsets.Outputs(starts, s);
            for (int g = 0; g < s.Groups; g++) Pack(pk + (nint)g * group * taps, turned, width, panels + (nint)g * packed, group, s);
            PatchOperands<T> o = new() { Rows = rows, Steps = rows + block, C = tile, CStride = width, Addend = zeros };
            for (int i = from * s.Groups; i < to * s.Groups; i++)
            {
                o.B = panels + (nint)(i % s.Groups) * packed;
                new Span<T>(room, image).Clear();
                for (int at = 0; at < outputs; at += block)
                {
                    int count = Math.Min(block, outputs - at);
                    o.A = pu + (nint)i * group * outputs + at;
                    PatchProduct<T, TVector, TLanes>.Run(o, count, group, width);
                    for (int q = 0; q < count; q++) Add(tile + q * width, room + starts[at + q] * s.GroupChannels, s);
                }

                TakeOut(room, px + (nint)i * s.GroupSize, s);
            }
        }

        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<int>.Shared.Return(offsets);
    }

    /// <summary>Packs a group's kernels [filters, taps] with their channels innermost: taps in the order of row, column, channel.</summary>
    private static void Pack(T* kernel, T* turned, int width, T* panels, int filters, in ConvolutionShape s)
    {
        int taps = s.Taps, window = s.KernelHeight * s.KernelWidth;
        for (int f = 0; f < filters; f++)
        {
            T* row = turned + (nint)f * width;
            Transposition.Run(kernel + (nint)f * taps, window, row, s.GroupChannels, s.GroupChannels, window);
            new Span<T>(row + taps, width - taps).Clear();
        }

        PatchProduct<T, TVector, TLanes>.Pack(turned, width, filters, panels);
    }

    /// <summary>Adds one output's row of the product to its patch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* row, T* patch, in ConvolutionShape s)
    {
        int channels = s.GroupChannels;
        bool dense = s.DilationWidth == 1;
        int runs = dense ? 1 : s.KernelWidth, length = dense ? s.KernelWidth * channels : channels;
        for (int i = 0; i < s.KernelHeight; i++, patch += s.DilationHeight * (int)s.PaddedWidth * channels)
        {
            for (int j = 0; j < runs; j++, row += length) AddRun(row, patch + j * s.DilationWidth * channels, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRun(T* x, T* y, int count)
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count) TLanes.Store(TLanes.Add(TLanes.Load(y + i), TLanes.Load(x + i)), y + i);
        for (; i < count; i++) y[i] += x[i];
    }

    /// <summary>Turns the image over, channels outermost, and leaves its padding behind.</summary>
    private static void TakeOut(T* room, T* image, in ConvolutionShape s)
    {
        int channels = s.GroupChannels, plane = s.Height * s.Width;
        if (s.IsBare)
        {
            Transposition.Run(room, channels, image, plane, plane, channels);
            return;
        }

        T* source = room + (s.PaddingHeight * (int)s.PaddedWidth + s.PaddingWidth) * channels;
        for (int y = 0; y < s.Height; y++, source += s.PaddedWidth * channels) Transposition.Run(source, channels, image + y * s.Width, plane, s.Width, channels);
    }
}
