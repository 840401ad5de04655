using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The matrix product C[m, n] (+)= op(A)[m, k]·op(B)[k, n] of contiguous row-major matrices.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Up to so many rows, a product with Bᵀ is dot products: transposing B would cost more than it saves.</summary>
    private const int DotRows = 4;

    /// <summary>Up to so many rows, a product is sums of B's rows: waiting for B would cost more than writing C often.</summary>
    private const int CombinedRows = 2;

    /// <summary>
    /// C (+)= op(A)·op(B). <paramref name="transposeA"/>: A is stored [k, m]; <paramref name="transposeB"/>: B is stored [n, k].
    /// C is written, or added to when <paramref name="accumulate"/>; k = 0 gives (adds) zeros. C must not overlap A or B.
    /// The order in which an element of C is summed depends on the shapes alone.
    /// </summary>
    public static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool transposeA, bool transposeB, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Multiply(VectorWidths.Best<T>(), a, b, c, m, k, n, transposeA, transposeB, accumulate);

    /// <summary>The same with a chosen width (<see cref="VectorWidth.Scalar"/> alone serves types other than float and double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T>(
        VectorWidth width, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool transposeA, bool transposeB, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The slices check the lengths: from here on there are only pointers.
        a = a[..checked(m * k)];
        b = b[..checked(k * n)];
        c = c[..checked(m * n)];
        if (k == 0 && !accumulate) c.Clear();
        if (m == 0 || k == 0 || n == 0) return;
        fixed (T* pa = a, pb = b, pc = c)
        {
            var shape = new ProductShape(m, k, n, transposeA, transposeB, accumulate);
            switch (width)
            {
                case VectorWidth.Bits512: Run<T, Vector512<T>, Lanes512<T>>(pa, pb, pc, shape.Simplify()); break;
                case VectorWidth.Bits256: Run<T, Vector256<T>, Lanes256<T>>(pa, pb, pc, shape.Simplify()); break;
                case VectorWidth.Bits128: Run<T, Vector128<T>, Lanes128<T>>(pa, pb, pc, shape.Simplify()); break;
                default: Run<T, T, ScalarLanes<T>>(pa, pb, pc, shape.Simplify()); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T, TVector, TLanes>(T* a, T* b, T* c, ProductShape s)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : ILanes<T, TVector>
    {
        if (s.N == 1 && s.M > 1)
        {
            // A column is a row read otherwise: (A·b)ᵀ = bᵀ·Aᵀ.
            T* column = b;
            b = a;
            a = column;
            s = new ProductShape(1, s.K, s.M, false, !s.TransposeA, s.Accumulate).Simplify();
        }
        if (s.M == 1 && s.N == 1)
        {
            T dot = Summation<T, TVector, TLanes>.Dot(a, b, s.K);
            *c = s.Accumulate ? *c + dot : dot;
        }
        else if (s.TransposeB && !s.TransposeA && s.M <= DotRows)
        {
            DotProducts<T, TVector, TLanes>.Run(a, b, c, s);
        }
        else if (!s.TransposeB && s.M <= CombinedRows)
        {
            RowCombinations<T, TVector, TLanes>.Run(a, b, c, s);
        }
        else
        {
            BlockedProduct<T, TVector, TLanes>.Run(a, b, c, s);
        }
    }
}

/// <summary>The sizes and flags of a matrix product.</summary>
internal readonly record struct ProductShape(int M, int K, int N, bool TransposeA, bool TransposeB, bool Accumulate)
{
    /// <summary>Drops the transposition of vectors, which are stored alike either way.</summary>
    public ProductShape Simplify() => this with
    {
        TransposeA = TransposeA && M > 1 && K > 1,
        TransposeB = TransposeB && K > 1 && N > 1,
    };
}
