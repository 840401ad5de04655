using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Convolution and its two transposes over images [from, to), each image by itself: the choice between kernels that read patches where
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

    /// <summary>The most partial sums of the transpose by the kernels, and the most elements of all of them.</summary>
    private const int MaxParts = 4, MaxPartElements = 1 << 20;

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
    /// kernel [filters, channels of a group, kh, kw] with ⟨k̄, kernel⟩ = ⟨k̄ ⋆ x, u⟩, of a whole batch: sums of a fixed number of runs of images,
    /// which may be made at the same time, and then their sum, so that the order does not depend on who makes them.
    /// </summary>
    public static void Kernel<T>(VectorWidth best, ReadOnlySpan<T> x, ReadOnlySpan<T> u, Span<T> kernel, int filters, in ConvolutionShape s, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        kernel.Clear();
        if (batch == 0 || kernel.IsEmpty) return;
        VectorWidth? width = Direct<T>(best, filters / s.Groups, filters, s, u.Length);
        int size = width switch
        {
            VectorWidth.Bits512 => DirectKernelTranspose<T, Vector512<T>, Lanes512<T>>.Size(filters, s),
            VectorWidth.Bits256 => DirectKernelTranspose<T, Vector256<T>, Lanes256<T>>.Size(filters, s),
            VectorWidth.Bits128 => DirectKernelTranspose<T, Vector128<T>, Lanes128<T>>.Size(filters, s),
            _ => kernel.Length,
        };
        int parts = Math.Clamp(MaxPartElements / size, 1, Math.Min(MaxParts, batch));
        T[] scratch = ArrayPool<T>.Shared.Rent(checked(size * parts));
        scratch.AsSpan(0, size * parts).Clear();
        Span<T> sum = scratch.AsSpan(0, size);
        for (int part = 0; part < parts; part++)
        {
            int from = (int)((long)batch * part / parts), to = (int)((long)batch * (part + 1) / parts);
            AddKernel(width, x, u, scratch.AsSpan(size * part, size), filters, s, from, to);
            if (part > 0) TensorPrimitives.Add(sum, scratch.AsSpan(size * part, size), sum);
        }

        switch (width)
        {
            case VectorWidth.Bits512: DirectKernelTranspose<T, Vector512<T>, Lanes512<T>>.Finish(sum, kernel, filters, s); break;
            case VectorWidth.Bits256: DirectKernelTranspose<T, Vector256<T>, Lanes256<T>>.Finish(sum, kernel, filters, s); break;
            case VectorWidth.Bits128: DirectKernelTranspose<T, Vector128<T>, Lanes128<T>>.Finish(sum, kernel, filters, s); break;
            case VectorWidth.Scalar: DirectKernelTranspose<T, T, ScalarLanes<T>>.Finish(sum, kernel, filters, s); break;
            default: sum.CopyTo(kernel); break;
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void AddKernel<T>(
        VectorWidth? width, ReadOnlySpan<T> x, ReadOnlySpan<T> u, Span<T> sum, int filters, in ConvolutionShape s, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (width)
        {
            case VectorWidth.Bits512: DirectKernelTranspose<T, Vector512<T>, Lanes512<T>>.Add(x, u, sum, filters, s, from, to); break;
            case VectorWidth.Bits256: DirectKernelTranspose<T, Vector256<T>, Lanes256<T>>.Add(x, u, sum, filters, s, from, to); break;
            case VectorWidth.Bits128: DirectKernelTranspose<T, Vector128<T>, Lanes128<T>>.Add(x, u, sum, filters, s, from, to); break;
            case VectorWidth.Scalar: DirectKernelTranspose<T, T, ScalarLanes<T>>.Add(x, u, sum, filters, s, from, to); break;
            default: PatchConvolution.AddKernel(x, u, sum, filters, s, from, to); break;
        }
    }

    /// <summary>
    /// The width for a direct kernel with so many numbers side by side: the widest they fill, or half of the best at least; nothing where
    /// something else is better. It is the outputs of the whole batch that count, so that its parts are done in one way.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static VectorWidth? Direct<T>(VectorWidth best, int columns, int filters, in ConvolutionShape s, int outputs)
        where T : unmanaged
    {
        int lanes = VectorWidths.Lanes<T>(best);
        if (s.PatchesAreTheImage || s.Taps == 0 || 2 * columns < lanes || outputs / filters < FewestOutputs || !PatchOffsets.Fits(s)) return null;
        if ((long)filters * s.Taps > MaxKernel) return null;
        return lanes > columns && best > VectorWidth.Bits128 ? best - 1 : best;
    }
}
