using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>Softmax and its logarithm along the middle axis, x [outer, n, inner] to y of the same shape, shifted by the maximum of each lane.</summary>
internal static unsafe class SoftmaxLanes
{
    /// <summary>y = e^(x − m) / Σ e^(x − m), m the greatest of the lane. A lane with a NaN, with +∞ or of nothing but −∞ is NaN.</summary>
    public static void Softmax<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Run(x, y, outer, n, inner, logarithm: false);

    /// <summary>y = (x − m) − ln Σ e^(x − m).</summary>
    public static void LogSoftmax<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Run(x, y, outer, n, inner, logarithm: true);

    private static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int n, int inner, bool logarithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.IsEmpty) return;
        if (inner == 1)
        {
            fixed (T* px = x, py = y)
            {
                if (logarithm) SharedRows.Run(new LogSoftmaxRows<T> { X = px, Y = py, N = n }, outer, n);
                else SharedRows.Run(new SoftmaxRows<T> { X = px, Y = py, N = n, Scale = T.One, Factor = T.One }, outer, n);
            }

            return;
        }

        T[] scratch = ArrayPool<T>.Shared.Rent(2 * inner);
        Span<T> greatest = scratch.AsSpan(0, inner), sum = scratch.AsSpan(inner, inner);
        for (int o = 0; o < outer; o++)
        {
            ReadOnlySpan<T> from = x.Slice(o * n * inner, n * inner);
            Span<T> to = y.Slice(o * n * inner, n * inner);
            Greatest(from, greatest);
            Exponentials(from, greatest, to);
            Reduction.Sum(to, sum, 1, n, inner);
            if (logarithm) Logarithms(from, greatest, sum, to);
            else for (int i = 0; i < to.Length; i += inner) TensorPrimitives.Divide(to.Slice(i, inner), sum, to.Slice(i, inner));
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    // TensorPrimitives.Max hands a NaN on
    private static void Greatest<T>(ReadOnlySpan<T> x, Span<T> greatest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = greatest.Length;
        x[..inner].CopyTo(greatest);
        for (int i = inner; i < x.Length; i += inner) TensorPrimitives.Max(greatest, x.Slice(i, inner), greatest);
    }

    /// <summary>y = e^(x − m): by the formula of the elementwise exponential, so that the digits are the same.</summary>
    private static void Exponentials<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> greatest, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = greatest.Length;
        fixed (T* px = x, pm = greatest, py = y)
        {
            for (int i = 0; i < x.Length; i += inner)
                Loops<ExpOfDifference, T>.MapRow(new RowOf<T> { A = px + i, StrideA = 1, B = pm, StrideB = 1 }, py + i, inner);
        }
    }

    // m is subtracted first: m + ln Σ would round away the digits of ln Σ where m is large
    private static void Logarithms<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> greatest, Span<T> sum, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = sum.Length;
        fixed (T* p = sum) Loops<Unary<Log>, T>.MapRow(new RowOf<T> { A = p, StrideA = 1 }, p, inner);
        for (int i = 0; i < x.Length; i += inner)
        {
            TensorPrimitives.Subtract(x.Slice(i, inner), greatest, y.Slice(i, inner));
            TensorPrimitives.Subtract(y.Slice(i, inner), sum, y.Slice(i, inner));
        }
    }

    /// <summary>e^(a − b).</summary>
    private readonly struct ExpOfDifference : IElementwise
    {
        public static int Arity => 2;

        public static string Name => "Softmax";

        public static Saved Saves => Saved.Output;

        public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => Exp.Primal(a - b);

        public static R Partial<R, K>(R a, R b, R c, R y) where R : struct, IReal<R> where K : struct, IOperand => K.Index == 0 ? y : -y;
    }
}
