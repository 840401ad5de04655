using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Convolutions of a batch, whose images threads share where there is work enough.</summary>
internal static unsafe class SharedConvolutions
{
    /// <summary>The multiplications from which on sharing pays: some tens of microseconds.</summary>
    private const double MultiplicationsToShare = 1 << 20;

    /// <summary>Whether a convolution with so many outputs in its batch is worth sharing.</summary>
    public static bool Pays(int outputs, in ConvolutionShape s) => Parallelism.Threads > 1 && (double)outputs * s.Taps >= MultiplicationsToShare;

    /// <summary>y [batch, filters, oh, ow] = kernel ⋆ x + bias, which may be empty.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> y, int filters, in ConvolutionShape s, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Pays(y.Length, s))
        {
            Convolutions.Run(VectorWidths.Best<T>(), x, kernel, bias, y, filters, s, 0, batch);
            return;
        }

        fixed (T* px = x, pk = kernel, pb = bias, py = y) Share(new Job<T>(px, pk, pb, py, x.Length, kernel.Length, bias.Length, y.Length, filters, s), batch);
    }

    /// <summary>x [batch, channels, h, w] with ⟨x̄, x⟩ = ⟨kernel ⋆ x̄, u⟩.</summary>
    public static void Input<T>(ReadOnlySpan<T> u, ReadOnlySpan<T> kernel, Span<T> x, int filters, in ConvolutionShape s, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Pays(u.Length, s))
        {
            Convolutions.Input(VectorWidths.Best<T>(), u, kernel, x, filters, s, 0, batch);
            return;
        }

        fixed (T* pu = u, pk = kernel, px = x) Share(new Job<T>(pu, pk, null, px, u.Length, kernel.Length, 0, x.Length, filters, s) { Transposed = true }, batch);
    }

    /// <summary>A part for each thread, since every part turns the kernels over for itself; an image's result does not depend on the parts.</summary>
    private static void Share<T>(Job<T> job, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (job.Images, job.Parts) = (batch, Math.Min(batch, Parallelism.Threads));
        Parallelism.For(job.Parts, &job);
    }

    private struct Job<T>(T* x, T* kernel, T* bias, T* y, int lengthX, int lengthKernel, int lengthBias, int lengthY, int filters, ConvolutionShape shape) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Images, Parts;
        public bool Transposed;

        readonly void IJob.Run(int part)
        {
            int from = (int)((long)Images * part / Parts), to = (int)((long)Images * (part + 1) / Parts);
            ReadOnlySpan<T> operand = new(x, lengthX), weights = new(kernel, lengthKernel);
            Span<T> result = new(y, lengthY);
            if (Transposed) Convolutions.Input(VectorWidths.Best<T>(), operand, weights, result, filters, shape, from, to);
            else Convolutions.Run(VectorWidths.Best<T>(), operand, weights, new ReadOnlySpan<T>(bias, lengthBias), result, filters, shape, from, to);
        }
    }
}
