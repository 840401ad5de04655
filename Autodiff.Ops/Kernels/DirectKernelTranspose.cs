using System.Buffers;
using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// The transpose of <see cref="DirectConvolution{T, TVector, TLanes}"/> by the kernels, turned over: the transposed patches, read where they
/// lie, times the outputs with their filters innermost. So it is the small operand that is packed, and not the patches.
/// </summary>
internal static unsafe class DirectKernelTranspose<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    private const int BlockBytes = 64 << 10, FewestOutputs = 256;

    /// <summary>The elements of a turned over sum, [groups, taps, filters of a group in whole vectors].</summary>
    public static int Size(int filters, in ConvolutionShape s)
        => checked(s.Groups * s.Taps * PatchProduct<T, TVector, TLanes>.Padded(filters / s.Groups));

    /// <summary>sum += what images [from, to) have to say, one after the other; no size is 0.</summary>
    public static void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> u, Span<T> sum, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, width = PatchProduct<T, TVector, TLanes>.Padded(group), taps = s.Taps, outputs = s.Outputs;
        int block = Math.Min(outputs, Math.Max(FewestOutputs, BlockBytes / (width * sizeof(T)))), image = s.IsBare ? 0 : PatchOffsets.PaddedSize(s);
        T[] numbers = ArrayPool<T>.Shared.Rent(checked(PatchProduct<T, TVector, TLanes>.Slack + block * width + image));
        int[] offsets = ArrayPool<int>.Shared.Rent(checked(taps + outputs));
        fixed (T* px = x, pu = u, ps = sum, start = numbers)
        fixed (int* rows = offsets)
        {
            T* panels = PatchProduct<T, TVector, TLanes>.Align(start), room = panels + block * width;
            new Span<T>(room, image).Clear();
            PatchOffsets.Taps(rows, s);
            PatchOffsets.Outputs(rows + taps, s);
            PatchOperands<T> o = new() { Rows = rows, B = panels, CStride = width, AddendStride = width };
            for (int i = from * s.Groups; i < to * s.Groups; i++)
            {
                o.A = PatchOffsets.Padded(px + (nint)i * s.GroupSize, room, s);
                o.C = o.Addend = ps + (nint)(i % s.Groups) * taps * width;
                for (int at = 0; at < outputs; at += block)
                {
                    int depth = Math.Min(block, outputs - at);
                    PatchProduct<T, TVector, TLanes>.PackTransposed(pu + (nint)i * group * outputs + at, outputs, group, depth, panels);
                    o.Steps = rows + taps + at;
                    PatchProduct<T, TVector, TLanes>.Run(o, taps, depth, width);
                }
            }
        }

        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<int>.Shared.Return(offsets);
    }

    /// <summary>Turns a sum over: kernel [filters, taps].</summary>
    public static void Finish(ReadOnlySpan<T> sum, Span<T> kernel, int filters, in ConvolutionShape s)
    {
        int group = filters / s.Groups, width = PatchProduct<T, TVector, TLanes>.Padded(group), taps = s.Taps;
        fixed (T* ps = sum, pk = kernel)
        {
            for (int g = 0; g < s.Groups; g++) Transposition.Run(ps + (nint)g * taps * width, width, pk + (nint)g * group * taps, taps, taps, group);
        }
    }
}
