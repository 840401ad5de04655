using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A batch of matrix products, with operands that several of them may share.</summary>
internal static unsafe class MatrixProducts
{
    /// <summary>C[i] (+)= op(A[…])·op(B[…]) for every product of the batch.</summary>
    public static void Multiply<T>(Batches batches, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, ProductShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = batches.Count;
        if (count == 1)
        {
            MatrixProduct.Multiply(a, b, c, shape.M, shape.K, shape.N, shape.TransposeA, shape.TransposeB, shape.Accumulate);
            return;
        }

        long work = (long)shape.M * shape.K * shape.N;
        fixed (T* pa = a, pb = b, pc = c)
        {
            Job<T> job = new() { Batches = batches, Shape = shape, A = pa, B = pb, C = pc, LengthA = a.Length, LengthB = b.Length, LengthC = c.Length };

            // large products share out each for itself
            job.Each = (int)Math.Clamp(WorkOfAPart / Math.Max(1, work), 1, Math.Max(1, count));
            int parts = (int)(((long)count + job.Each - 1) / job.Each);
            if (work < WorkOfAPart * 4) Parallelism.For(parts, &job);
            else for (int part = 0; part < parts; part++) job.Multiply(part);
        }
    }

    /// <summary>The multiplications of a part of shared work: some microseconds.</summary>
    private const long WorkOfAPart = 1 << 18;

    private struct Job<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Batches Batches;
        public ProductShape Shape;
        public T* A, B, C;
        public int LengthA, LengthB, LengthC, Each;

        readonly void IJob.Run(int part) => Multiply(part);

        public readonly void Multiply(int part)
        {
            ProductShape s = Shape;
            int sizeA = s.M * s.K, sizeB = s.K * s.N, sizeC = s.M * s.N;
            int end = (int)Math.Min(Batches.Count, ((long)part + 1) * Each);
            for (int i = part * Each; i < end; i++)
            {
                (int atA, int atB) = Batches.At(i);
                MatrixProduct.Multiply(
                    new ReadOnlySpan<T>(A, LengthA).Slice(atA * sizeA, sizeA), new ReadOnlySpan<T>(B, LengthB).Slice(atB * sizeB, sizeB),
                    new Span<T>(C, LengthC).Slice(i * sizeC, sizeC), s.M, s.K, s.N, s.TransposeA, s.TransposeB, s.Accumulate);
            }
        }
    }
}
