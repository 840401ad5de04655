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

    /// <summary>The weights of one filter, channels·kh·kw: the rows of the matrix of patches.</summary>
    public int Taps => Channels * KernelHeight * KernelWidth;

    private static int Output(int size, int kernel, int stride, int padding, int dilation)
    {
        int room = size + 2 * padding - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
}
