namespace Autodiff.Kernels;

/// <summary>The geometry of a two-dimensional convolution of one image; one dimension is height 1.</summary>
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
    int DilationWidth)
{
    /// <summary>⌊(h + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, or 0 where the kernel does not fit.</summary>
    public int OutputHeight => Output(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight);

    /// <summary>The same along the width.</summary>
    public int OutputWidth => Output(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);

    /// <summary>The pixels of an image, its channels together.</summary>
    public int ImageSize => Channels * Height * Width;

    /// <summary>The elements of one kernel: the rows of the matrix of patches.</summary>
    public int Taps => Channels * KernelHeight * KernelWidth;

    /// <summary>The elements of one output plane: the columns of the matrix of patches.</summary>
    public int Outputs => OutputHeight * OutputWidth;

    /// <summary>Whether a kernel of one pixel looks at every pixel once, so that the matrix of patches is the image.</summary>
    public bool PatchesAreTheImage
        => this is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };

    private static int Output(int size, int kernel, int stride, int padding, int dilation)
    {
        int room = size + 2 * padding - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
}
