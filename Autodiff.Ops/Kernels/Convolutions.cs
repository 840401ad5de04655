using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Convolution and its transpose by the images, of images [from, to), each image by itself: the choice between kernels that read patches where
/// they lie, for as many filters (or channels) as fill a vector, and copied patches for everything else. It depends on the sizes alone.
/// </summary>
internal static class Convolutions
{
    /// <summary>Fewer outputs than this are not worth turning the kernels over.</summary>
    private const int FewestOutputs = 32;

    /// <summary>With more filters in a group, copying the patches once pays.</summary>
    private const int FewFilters = 2;

    /// <summary>Larger kernels are not copied.</summary>
    private const int MaxKernel = 1 << 28;

    /// <summary>y [batch, filters, oh, ow] = kernel ⋆ x + bias, which may be empty, of images [from, to).</summary>
    public static void Run<T>(
        VectorWidth best, ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (to <= from || filters == 0) return;
        int group = filters / s.Groups;
        switch (Direct<T>(best, group, filters, s, y.Length))
        {
            case VectorWidth.Bits512: DirectConvolution<T, Vector512<T>, Lanes512<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            case VectorWidth.Bits256: DirectConvolution<T, Vector256<T>, Lanes256<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            case VectorWidth.Bits128: DirectConvolution<T, Vector128<T>, Lanes128<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            case VectorWidth.Scalar: DirectConvolution<T, T, ScalarLanes<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            default: RunFew(best, x, kernel, bias, y, filters, s, from, to); break;
        }
    }

    /// <summary>The same where a group has few filters.</summary>
    private static void RunFew<T>(
        VectorWidth best, ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (ByPlanes(filters, s) && PatchOffsets.Fits(s) ? best : VectorWidth.Scalar)
        {
            // Loads lie anywhere, and those of 512 bits would each straddle two cache lines.
            case VectorWidth.Bits512 or VectorWidth.Bits256: PlaneConvolution<T, Vector256<T>, Lanes256<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            case VectorWidth.Bits128: PlaneConvolution<T, Vector128<T>, Lanes128<T>>.Run(x, kernel, bias, y, filters, s, from, to); break;
            default: PatchConvolution.Run(x, kernel, bias, y, filters, s, from, to); break;
        }
    }

    /// <summary>x [batch, channels, h, w] with ⟨x̄, x⟩ = ⟨kernel ⋆ x̄, u⟩, of images [from, to).</summary>
    public static void Input<T>(
        VectorWidth best, ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (to <= from || s.ImageSize == 0) return;
        int run = s.GroupChannels * (s.DilationWidth == 1 ? s.KernelWidth : 1);
        switch (filters == 0 ? null : Direct<T>(best, run, filters, s, u.Length))
        {
            case VectorWidth.Bits512: DirectInputTranspose<T, Vector512<T>, Lanes512<T>>.Run(u, kernel, x, filters, s, from, to); break;
            case VectorWidth.Bits256: DirectInputTranspose<T, Vector256<T>, Lanes256<T>>.Run(u, kernel, x, filters, s, from, to); break;
            case VectorWidth.Bits128: DirectInputTranspose<T, Vector128<T>, Lanes128<T>>.Run(u, kernel, x, filters, s, from, to); break;
            case VectorWidth.Scalar: DirectInputTranspose<T, T, ScalarLanes<T>>.Run(u, kernel, x, filters, s, from, to); break;
            default: InputFew(best, u, kernel, x, filters, s, from, to); break;
        }
    }

    /// <summary>The same where a group has few channels.</summary>
    private static void InputFew<T>(
        VectorWidth best, ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (ByPlanes(filters, s) && PlaneConvolution<T, Vector256<T>, Lanes256<T>>.Turns(s, filters) ? best : VectorWidth.Scalar)
        {
            case VectorWidth.Bits512 or VectorWidth.Bits256: PlaneConvolution<T, Vector256<T>, Lanes256<T>>.Input(u, kernel, x, filters, s, from, to); break;
            case VectorWidth.Bits128: PlaneConvolution<T, Vector128<T>, Lanes128<T>>.Input(u, kernel, x, filters, s, from, to); break;
            default: PatchConvolution.Input(u, kernel, x, filters, s, from, to); break;
        }
    }

    /// <summary>Whether whole planes are walked for each filter: with few filters in a group, whose outputs lie side by side.</summary>
    private static bool ByPlanes(int filters, in ConvolutionShape s)
        => s is { StrideHeight: 1, StrideWidth: 1, PatchesAreTheImage: false } && s.Taps > 0 && filters > 0 && filters / s.Groups <= FewFilters;

    /// <summary>
    /// The width for a direct kernel with so many numbers side by side: the widest they fill, or half of the best at least; nothing where
    /// something else is better. It is the outputs of the whole batch that count, so that its parts are done in one way.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWidth? Direct<T>(VectorWidth best, int columns, int filters, in ConvolutionShape s, int outputs)
        where T : unmanaged
    {
        int lanes = VectorWidths.Lanes<T>(best);
        if (s.PatchesAreTheImage || s.Taps == 0 || 2 * columns < lanes || outputs / filters < FewestOutputs || !PatchOffsets.Fits(s)) return null;
        if ((long)filters * s.Taps > MaxKernel) return null;
        return lanes > columns && best > VectorWidth.Bits128 ? best - 1 : best;
    }
}
