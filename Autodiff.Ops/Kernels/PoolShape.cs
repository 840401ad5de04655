namespace Autodiff.Kernels;

/// <summary>The geometry of pooling over planes [planes, height, width], without padding; one dimension is height 1.</summary>
internal readonly record struct PoolShape(int Planes, int Height, int Width, int WindowHeight, int WindowWidth, int StrideHeight, int StrideWidth)
{
    /// <summary>⌊(height − window) / stride⌋ + 1, or 0 where the window does not fit.</summary>
    public int OutputHeight => Height < WindowHeight ? 0 : (Height - WindowHeight) / StrideHeight + 1;

    /// <summary>The same along the width.</summary>
    public int OutputWidth => Width < WindowWidth ? 0 : (Width - WindowWidth) / StrideWidth + 1;

    /// <summary>The elements of all planes.</summary>
    public int Size => checked(Planes * Height * Width);

    /// <summary>The elements of all output planes.</summary>
    public int OutputSize => checked(Planes * OutputHeight * OutputWidth);
}
