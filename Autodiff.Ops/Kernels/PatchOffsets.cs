using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Where the elements of the matrix of patches lie in an image that has its padding: at Taps[tap] + Outputs[output].</summary>
internal static unsafe class PatchOffsets
{
    /// <summary>A padded image may be so many times as large as its image; beyond, patches that know their padding are better.</summary>
    private const int Largest = 4;

    /// <summary>Whether a group's padded image is worth making.</summary>
    public static bool Fits(in ConvolutionShape s)
    {
        // the first product of longs may be as large as 2⁶⁶
        double pixels = (double)s.PaddedHeight * s.PaddedWidth;
        return pixels <= (Largest * (double)s.Height * s.Width) + 1024 && pixels * s.GroupChannels < int.MaxValue / 2;
    }

    /// <summary>The elements of a group's padded image.</summary>
    public static int PaddedSize(in ConvolutionShape s) => checked((int)(s.GroupChannels * s.PaddedHeight * s.PaddedWidth));

    /// <summary>The offsets of the kernel's elements, in their order: channel, row, column.</summary>
    public static void Taps(int* offsets, in ConvolutionShape s)
    {
        int width = (int)s.PaddedWidth, height = (int)s.PaddedHeight;
        for (int c = 0; c < s.GroupChannels; c++)
        {
            for (int i = 0; i < s.KernelHeight; i++)
            {
                int row = (c * height + i * s.DilationHeight) * width;
                for (int j = 0; j < s.KernelWidth; j++) *offsets++ = row + j * s.DilationWidth;
            }
        }
    }

    /// <summary>The offsets of the outputs, row by row, of some images that begin <paramref name="size"/> elements apart.</summary>
    public static void Outputs(int* offsets, in ConvolutionShape s, int images = 1, int size = 0)
    {
        int rows = s.OutputHeight, columns = s.OutputWidth;
        for (int i = 0; i < images; i++)
        {
            for (int r = 0; r < rows; r++)
            {
                int row = i * size + r * s.StrideHeight * (int)s.PaddedWidth;
                for (int q = 0; q < columns; q++) *offsets++ = row + q * s.StrideWidth;
            }
        }
    }

    /// <summary>Offsets of equal steps.</summary>
    public static void Even(int* offsets, int count, int step)
    {
        for (int i = 0; i < count; i++) offsets[i] = i * step;
    }

    /// <summary>
    /// A group's image with its padding: the image itself where there is none, or a copy in <paramref name="room"/>, which must come with zeros
    /// where the padding is.
    /// </summary>
    public static T* Padded<T>(T* image, T* room, in ConvolutionShape s)
        where T : unmanaged
    {
        if (s.IsBare) return image;
        Copy(image, room, s);
        return room;
    }

    /// <summary>Copies a group's image to where it is between its padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* image, T* room, in ConvolutionShape s)
        where T : unmanaged
    {
        int stride = (int)s.PaddedWidth;
        T* target = room + s.PaddingHeight * stride + s.PaddingWidth;
        for (int c = 0; c < s.GroupChannels; c++, target += 2 * s.PaddingHeight * stride)
        {
            for (int y = 0; y < s.Height; y++, image += s.Width, target += stride) Elementwise.Copy(image, target, s.Width);
        }
    }
}
