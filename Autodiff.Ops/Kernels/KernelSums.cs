using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The transpose of a convolution by the kernels: sums over the images of a batch.</summary>
internal static unsafe class KernelSums
{
    /// <summary>The most partial sums, and the most elements of all of them.</summary>
    private const int MaxParts = 4, MaxElements = 1 << 20;

    /// <summary>
    /// kernel [filters, channels of a group, kh, kw] with ⟨k̄, kernel⟩ = ⟨k̄ ⋆ x, u⟩, written: sums of a fixed number of runs of images, which
    /// threads may share, and then the sum of those, so that the order does not depend on who makes them.
    /// </summary>
    public static void Run<T>(VectorWidth best, ReadOnlySpan<T> x, ReadOnlySpan<T> u, Span<T> kernel, int filters, in ConvolutionShape s, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        kernel.Clear();
        if (batch == 0 || kernel.IsEmpty) return;
        VectorWidth? width = Convolutions.Direct<T>(best, filters / s.Groups, filters, s, u.Length);
        int size = width switch
        {
            VectorWidth.Bits512 => DirectKernelTranspose<T, Vector512<T>, Lanes512<T>>.Size(filters, s),
            VectorWidth.Bits256 => DirectKernelTranspose<T, Vector256<T>, Lanes256<T>>.Size(filters, s),
            VectorWidth.Bits128 => DirectKernelTranspose<T, Vector128<T>, Lanes128<T>>.Size(filters, s),
            _ => kernel.Length,
        };
        int parts = Math.Clamp(MaxElements / size, 1, Math.Min(MaxParts, batch));
        T[] scratch = ArrayPool<T>.Shared.Rent(checked(size * parts));
        Span<T> sums = scratch.AsSpan(0, size * parts), sum = sums[..size];
        sums.Clear();
        fixed (T* px = x, pu = u, ps = sums)
        {
            Job<T> job = new()
            {
                Width = width,
                X = px,
                U = pu,
                Sums = ps,
                LengthX = x.Length,
                LengthU = u.Length,
                Size = size,
                Filters = filters,
                Shape = s,
                Images = batch,
                Parts = parts,
            };
            if (SharedConvolutions.Pays(u.Length, s)) Parallelism.For(parts, &job);
            else for (int part = 0; part < parts; part++) job.Add(part);
        }

        for (int part = 1; part < parts; part++) TensorPrimitives.Add(sum, sums.Slice(size * part, size), sum);
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

    private struct Job<T> : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public VectorWidth? Width;
        public T* X, U, Sums;
        public int LengthX, LengthU, Size, Filters, Images, Parts;
        public ConvolutionShape Shape;

        readonly void IJob.Run(int part) => Add(part);

        /// <summary>One run of images, to its own sum.</summary>
        public readonly void Add(int part)
        {
            int from = (int)((long)Images * part / Parts), to = (int)((long)Images * (part + 1) / Parts);
            ReadOnlySpan<T> x = new(X, LengthX), u = new(U, LengthU);
            Span<T> sum = new(Sums + (nint)Size * part, Size);
            switch (Width)
            {
                case VectorWidth.Bits512: DirectKernelTranspose<T, Vector512<T>, Lanes512<T>>.Add(x, u, sum, Filters, Shape, from, to); break;
                case VectorWidth.Bits256: DirectKernelTranspose<T, Vector256<T>, Lanes256<T>>.Add(x, u, sum, Filters, Shape, from, to); break;
                case VectorWidth.Bits128: DirectKernelTranspose<T, Vector128<T>, Lanes128<T>>.Add(x, u, sum, Filters, Shape, from, to); break;
                case VectorWidth.Scalar: DirectKernelTranspose<T, T, ScalarLanes<T>>.Add(x, u, sum, Filters, Shape, from, to); break;
                default: PatchConvolution.AddKernel(x, u, sum, Filters, Shape, from, to); break;
            }
        }
    }
}
