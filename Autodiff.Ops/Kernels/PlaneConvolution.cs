using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Convolution of stride 1 with the outputs of a plane along the lanes, for few filters in a group: element p of a plane whose rows are as long as
/// the padded image's is Σ kernel[tap]·image[offset of tap + p], so the rows run on as one and what lies between them is left behind.
/// </summary>
internal static unsafe class PlaneConvolution<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>Vectors side by side, to hide the latency of the sums.</summary>
    private const int Vectors = 4;

    /// <summary>The outputs of images [from, to); no size is 0. The bias may be empty.</summary>
    public static void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, taps = s.Taps, outputs = s.Outputs, image = PatchOffsets.PaddedSize(s), stride = (int)s.PaddedWidth;
        int length = (s.OutputHeight - 1) * stride + s.OutputWidth, block = Vectors * TLanes.Count, blocks = (length + block - 1) / block;
        T[] numbers = ArrayPool<T>.Shared.Rent(checked(image + (blocks + 1) * block));
        int[] offsets = ArrayPool<int>.Shared.Rent(taps);
        fixed (T* px = x, pk = kernel, py = y, plane = numbers)
        fixed (int* steps = offsets)
        {
            // the last block reads at most a block behind the image
            T* room = plane + blocks * block;
            new Span<T>(room, image + block).Clear();
            PatchOffsets.Taps(steps, s);
            for (int i = from * s.Groups; i < to * s.Groups; i++)
            {
                PatchOffsets.Copy(px + (nint)i * s.GroupSize, room, s);
                for (int f = 0; f < group; f++)
                {
                    int filter = i % s.Groups * group + f;
                    for (int b = 0; b < blocks; b++) Block(pk + (nint)filter * taps, room + b * block, steps, taps, plane + b * block);
                    TakeOut(plane, stride, bias.IsEmpty ? T.Zero : bias[filter], py + ((nint)i * group + f) * outputs, s);
                }
            }
        }

        ArrayPool<T>.Shared.Return(numbers);
        ArrayPool<int>.Shared.Return(offsets);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(T* kernel, T* image, int* offsets, int taps, T* target)
    {
        int lanes = TLanes.Count;
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        for (int tap = 0; tap < taps; tap++)
        {
            TVector weight = TLanes.Broadcast(kernel[tap]);
            T* at = image + offsets[tap];
            s0 = TLanes.MultiplyAdd(weight, TLanes.Load(at), s0);
            s1 = TLanes.MultiplyAdd(weight, TLanes.Load(at + lanes), s1);
            s2 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 2 * lanes), s2);
            s3 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 3 * lanes), s3);
        }

        TLanes.Store(s0, target);
        TLanes.Store(s1, target + lanes);
        TLanes.Store(s2, target + 2 * lanes);
        TLanes.Store(s3, target + 3 * lanes);
    }

    /// <summary>Copies the rows of a plane that the output has, with the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeOut(T* plane, int stride, T bias, T* target, in ConvolutionShape s)
    {
        int height = s.OutputHeight, width = s.OutputWidth, lanes = TLanes.Count;
        TVector added = TLanes.Broadcast(bias);
        for (int r = 0; r < height; r++, plane += stride, target += width)
        {
            int i = 0;
            for (; i + lanes <= width; i += lanes) TLanes.Store(TLanes.Add(TLanes.Load(plane + i), added), target + i);
            for (; i < width; i++) target[i] = plane[i] + bias;
        }
    }

    /// <summary>
    /// The transpose by the images is a convolution, too: of the outputs, with as much padding as lets the first row of the kernel meet the
    /// first row of pixels, and kernels read from their end, with channels and filters in each other's place.
    /// </summary>
    public static void Input(ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int from, int to)
    {
        int group = filters / s.Groups, window = s.KernelHeight * s.KernelWidth, channels = s.GroupChannels;
        T[] turned = ArrayPool<T>.Shared.Rent(kernel.Length);
        for (int at = 0; at < kernel.Length; at++)
        {
            (int rest, int tap) = Math.DivRem(at, window);
            (int filter, int channel) = Math.DivRem(rest, channels);
            int g = filter / group;
            turned[((g * channels + channel) * group + filter - g * group) * window + window - 1 - tap] = kernel[at];
        }

        Run(u, turned.AsSpan(0, kernel.Length), [], x, s.Channels, Turned(s, filters), from, to);
        ArrayPool<T>.Shared.Return(turned);
    }

    /// <summary>The geometry of that convolution; only where no padding comes out negative (<see cref="Turns"/>).</summary>
    private static ConvolutionShape Turned(in ConvolutionShape s, int filters) => s with
    {
        Channels = filters,
        Height = s.OutputHeight,
        Width = s.OutputWidth,
        PaddingHeight = (s.KernelHeight - 1) * s.DilationHeight - s.PaddingHeight,
        PaddingWidth = (s.KernelWidth - 1) * s.DilationWidth - s.PaddingWidth,
    };

    /// <summary>Whether <see cref="Input"/> can do a geometry, and would not work on padding mostly.</summary>
    public static bool Turns(in ConvolutionShape s, int filters)
        => (s.KernelHeight - 1L) * s.DilationHeight >= s.PaddingHeight && (s.KernelWidth - 1L) * s.DilationWidth >= s.PaddingWidth
            && PatchOffsets.Fits(s) && PatchOffsets.Fits(Turned(s, filters));
}
