using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>A part of an output plane: some columns of some rows.</summary>
internal readonly record struct OutputBlock(int Row, int Rows, int Column, int Columns)
{
    /// <summary>The outputs in it.</summary>
    public int Count => Rows * Columns;
}

/// <summary>
/// The patches a convolution looks at, as the columns of a matrix [channels·kh·kw, oh·ow]: a convolution of image [channels, h, w]
/// is weights [filters, channels·kh·kw] times that matrix. Channels are those of one group.
/// </summary>
internal static unsafe class Patches
{
    /// <summary>columns[(c, i, j), (r, s)] = image[c, r·stride − padding + i·dilation, s·stride − padding + j·dilation], 0 outside; (r, s) in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(ReadOnlySpan<T> image, Span<T> columns, in ConvolutionShape s, in OutputBlock block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = block.Columns, height = block.Rows, stride = s.StrideWidth;
        image = image[..s.GroupSize];
        columns = columns[..checked(s.Taps * block.Count)];
        fixed (T* source = image, target = columns)
        {
            T* to = target;
            for (int tap = 0; tap < s.Taps; tap++, to += height * width)
            {
                TapRange t = new(s, tap, block);
                if (!t.CoversAll(height, width)) new Span<T>(to, height * width).Clear();
                T* pixel = source + t.Start;
                for (int r = t.FirstRow; r < t.EndRow; r++, pixel += (nint)s.StrideHeight * s.Width)
                {
                    T* row = to + r * width + t.First;
                    if (stride == 1) Elementwise.Copy(pixel, row, t.End - t.First);
                    else for (int i = 0; i < t.End - t.First; i++) row[i] = pixel[(nint)i * stride];
                }
            }
        }
    }

    /// <summary>The transpose of <see cref="Gather"/>: adds every element of the columns to the pixel it came from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScatterAdd<T>(ReadOnlySpan<T> columns, Span<T> image, in ConvolutionShape s, in OutputBlock block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = block.Columns, height = block.Rows, stride = s.StrideWidth;
        image = image[..s.GroupSize];
        columns = columns[..checked(s.Taps * block.Count)];
        fixed (T* source = columns, target = image)
        {
            T* from = source;
            for (int tap = 0; tap < s.Taps; tap++, from += height * width)
            {
                TapRange t = new(s, tap, block);
                T* pixel = target + t.Start;
                for (int r = t.FirstRow; r < t.EndRow; r++, pixel += (nint)s.StrideHeight * s.Width)
                {
                    T* row = from + r * width + t.First;
                    if (stride == 1) Elementwise.Add(row, pixel, t.End - t.First);
                    else for (int i = 0; i < t.End - t.First; i++) pixel[(nint)i * stride] += row[i];
                }
            }
        }
    }

    /// <summary>One element of the kernel in one channel, and the outputs of a block for which it lies inside the image.</summary>
    private readonly struct TapRange
    {
        public TapRange(in ConvolutionShape s, int tap, in OutputBlock block)
        {
            (int rest, int column) = Math.DivRem(tap, s.KernelWidth);
            (int channel, int row) = Math.DivRem(rest, s.KernelHeight);
            // Far into the padding these are no ints.
            long y = (long)row * s.DilationHeight - s.PaddingHeight + (long)block.Row * s.StrideHeight;
            long x = (long)column * s.DilationWidth - s.PaddingWidth + (long)block.Column * s.StrideWidth;
            (FirstRow, EndRow) = Inside(y, s.StrideHeight, s.Height, block.Rows);
            (First, End) = Inside(x, s.StrideWidth, s.Width, block.Columns);
            if (First == End) EndRow = FirstRow;
            // No rows, no start: a pointer to it would lie outside the image.
            if (FirstRow < EndRow) Start = (int)((channel * s.Height + y + (long)FirstRow * s.StrideHeight) * s.Width + x + (long)First * s.StrideWidth);
        }

        /// <summary>The block's rows [FirstRow, EndRow) that read the image.</summary>
        public int FirstRow { get; }

        public int EndRow { get; }

        /// <summary>The outputs [First, End) within a row that read the image.</summary>
        public int First { get; }

        public int End { get; }

        /// <summary>The pixel the first of those outputs reads.</summary>
        public int Start { get; }

        /// <summary>Whether every output reads the image, none the padding.</summary>
        public bool CoversAll(int height, int width) => EndRow - FirstRow == height && End - First == width;

        /// <summary>The i in [0, outputs) with 0 ≤ offset + i·stride &lt; size.</summary>
        private static (int First, int End) Inside(long offset, int stride, int size, int outputs)
        {
            if (stride == 1)
            {
                // the usual case without its divisions, which cost as much as copying a small image's patches
                int begin = (int)Math.Min(outputs, Math.Max(0, -offset));
                return (begin, (int)Math.Max(begin, Math.Min(outputs, size - offset)));
            }

            long first = Math.Min(outputs, offset < 0 ? (-offset + stride - 1) / stride : 0);
            return ((int)first, (int)Math.Max(first, Math.Min(outputs, offset < size ? (size - 1 - offset) / stride + 1 : 0)));
        }
    }
}
