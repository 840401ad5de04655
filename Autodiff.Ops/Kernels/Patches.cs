using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The patches a convolution looks at, as the columns of a matrix [channels·kh·kw, oh·ow]: a convolution of image [channels, h, w]
/// is weights [filters, channels·kh·kw] times that matrix.
/// </summary>
internal static class Patches
{
    /// <summary>columns[(c, i, j), (r, s)] = image[c, r·stride − padding + i·dilation, s·stride − padding + j·dilation], 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(ReadOnlySpan<T> image, Span<T> columns, in ConvolutionShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = s.OutputWidth, height = s.OutputHeight, at = 0;
        for (int tap = 0; tap < s.Channels * s.KernelHeight * s.KernelWidth; tap++)
        {
            Tap t = new(s, tap, width);
            for (int r = 0; r < height; r++, at += width)
            {
                Span<T> row = columns.Slice(at, width);
                if (!t.TryRow(s, r, out int start))
                {
                    row.Clear();
                    continue;
                }
                row[..t.From].Clear();
                row[t.To..].Clear();
                row = row[t.From..t.To];
                if (s.StrideWidth == 1) image.Slice(start, row.Length).CopyTo(row);
                else for (int i = 0; i < row.Length; i++) row[i] = image[start + i * s.StrideWidth];
            }
        }
    }

    /// <summary>The transpose of <see cref="Gather"/>: adds every element of the columns to the pixel it came from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScatterAdd<T>(ReadOnlySpan<T> columns, Span<T> image, in ConvolutionShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = s.OutputWidth, height = s.OutputHeight, at = 0;
        for (int tap = 0; tap < s.Channels * s.KernelHeight * s.KernelWidth; tap++)
        {
            Tap t = new(s, tap, width);
            for (int r = 0; r < height; r++, at += width)
            {
                if (!t.TryRow(s, r, out int start)) continue;
                ReadOnlySpan<T> row = columns.Slice(at, width)[t.From..t.To];
                if (s.StrideWidth == 1) Elementwise.Add(row, image.Slice(start, row.Length));
                else for (int i = 0; i < row.Length; i++) image[start + i * s.StrideWidth] += row[i];
            }
        }
    }

    /// <summary>One element of the kernel in one channel, and the outputs [From, To) of a row for which it lies inside the image.</summary>
    private readonly struct Tap
    {
        private readonly int channel, row, offset;

        public Tap(in ConvolutionShape s, int tap, int outputs)
        {
            (int rest, int column) = Math.DivRem(tap, s.KernelWidth);
            (channel, int kernelRow) = Math.DivRem(rest, s.KernelHeight);
            row = kernelRow * s.DilationHeight - s.PaddingHeight;
            offset = column * s.DilationWidth - s.PaddingWidth;
            // Output i reads pixel offset + i·stride: it lies inside from the first i where that is ≥ 0 to the last where it is < width.
            From = Math.Min(outputs, offset < 0 ? (-offset + s.StrideWidth - 1) / s.StrideWidth : 0);
            To = Math.Max(From, Math.Min(outputs, offset < s.Width ? (s.Width - 1 - offset) / s.StrideWidth + 1 : 0));
        }

        public int From { get; }

        public int To { get; }

        /// <summary>Where in the image output row r begins to read, if that row reads anything.</summary>
        public bool TryRow(in ConvolutionShape s, int r, out int start)
        {
            int y = row + r * s.StrideHeight;
            start = (channel * s.Height + y) * s.Width + offset + From * s.StrideWidth;
            return (uint)y < (uint)s.Height && From < To;
        }
    }
}
