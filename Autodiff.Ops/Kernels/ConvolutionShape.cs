namespace Autodiff.Kernels;

/// <summary>
/// The geometry of a two-dimensional convolution of one image; one dimension is height 1. The channels, and the filters likewise, fall
/// into groups: a filter looks at its own group's channels. Sizes that are no <see cref="int"/> are refused when a convolution is recorded.
/// </summary>
internal readonly record struct ConvolutionShape(
    int Channels,
    int Height,
    int Width,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PaddingHeight,
    int PaddingWidth,
    int DilationHeight,
    int DilationWidth,
    int Groups = 1)
{
    /// <summary>⌊(h + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, or 0 where the kernel does not fit.</summary>
    public int OutputHeight => checked((int)Output(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight));

    /// <summary>The same along the width.</summary>
    public int OutputWidth => checked((int)Output(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth));

    /// <summary>The elements of one output plane, exact up to 2⁵³: what is to be checked before the others are asked for.</summary>
    public double OutputCount
        => (double)Output(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight)
            * Output(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);

    /// <summary>The channels a filter looks at.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>The pixels of an image, its channels together.</summary>
    public int ImageSize => checked(Channels * Height * Width);

    /// <summary>The pixels of a group's channels.</summary>
    public int GroupSize => checked(GroupChannels * Height * Width);

    /// <summary>The elements of one kernel: the rows of the matrix of patches.</summary>
    public int Taps => checked(GroupChannels * KernelHeight * KernelWidth);

    /// <summary>The elements of one output plane: the columns of the matrix of patches.</summary>
    public int Outputs => checked(OutputHeight * OutputWidth);

    /// <summary>The rows of an image with its padding.</summary>
    public long PaddedHeight => Height + (2L * PaddingHeight);

    /// <summary>The columns of an image with its padding.</summary>
    public long PaddedWidth => Width + (2L * PaddingWidth);

    /// <summary>Whether there is no padding at all.</summary>
    public bool IsBare => PaddingHeight == 0 && PaddingWidth == 0;

    /// <summary>Whether a kernel of one pixel looks at every pixel once, so that the matrix of patches is the image.</summary>
    public bool PatchesAreTheImage
        => this is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };

    private static long Output(int size, int kernel, int stride, int padding, int dilation)
    {
        long room = size + (2L * padding) - ((long)dilation * (kernel - 1L)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
