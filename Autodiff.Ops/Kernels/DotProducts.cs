using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The product with a transposed matrix, C[m, n] (+)= A[m, k]·B[n, k]ᵀ, as dot products of rows; for few rows of A.</summary>
internal static unsafe class DotProducts<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>Longer rows are summed in blocks, which keeps rounding errors from piling up.</summary>
    private const int MaxDepth = 2048;

    /// <summary>Runs over the blocks of k, the first of which writes unless the shape says to accumulate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, T* b, T* c, ProductShape s)
    {
        for (int p = 0; p < s.K; p += MaxDepth)
        {
            int depth = Math.Min(MaxDepth, s.K - p);
            bool accumulate = s.Accumulate || p > 0;
            int j = 0;
            for (; j + 4 <= s.N; j += 4)
            {
                // Four rows of B stay in the first-level cache for all the rows of A.
                for (int i = 0; i < s.M; i++)
                {
                    Four(a + (nint)i * s.K + p, b + (nint)j * s.K + p, s.K, c + (nint)i * s.N + j, depth, accumulate);
                }
            }
            for (; j < s.N; j++)
            {
                for (int i = 0; i < s.M; i++)
                {
                    One(a + (nint)i * s.K + p, b + (nint)j * s.K + p, c + (nint)i * s.N + j, depth, accumulate);
                }
            }
        }
    }

    /// <summary>Four dot products at once, to hide the latency of the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(T* a, T* b, nint stride, T* c, int depth, bool accumulate)
    {
        T* b1 = b + stride;
        T* b2 = b1 + stride;
        T* b3 = b2 + stride;
        TVector v0 = default, v1 = default, v2 = default, v3 = default;
        int p = 0;
        for (; p + TLanes.Count <= depth; p += TLanes.Count)
        {
            TVector x = TLanes.Load(a + p);
            v0 = TLanes.MultiplyAdd(x, TLanes.Load(b + p), v0);
            v1 = TLanes.MultiplyAdd(x, TLanes.Load(b1 + p), v1);
            v2 = TLanes.MultiplyAdd(x, TLanes.Load(b2 + p), v2);
            v3 = TLanes.MultiplyAdd(x, TLanes.Load(b3 + p), v3);
        }
        T s0 = TLanes.Sum(v0), s1 = TLanes.Sum(v1), s2 = TLanes.Sum(v2), s3 = TLanes.Sum(v3);
        for (; p < depth; p++)
        {
            s0 = T.MultiplyAddEstimate(a[p], b[p], s0);
            s1 = T.MultiplyAddEstimate(a[p], b1[p], s1);
            s2 = T.MultiplyAddEstimate(a[p], b2[p], s2);
            s3 = T.MultiplyAddEstimate(a[p], b3[p], s3);
        }
        c[0] = accumulate ? c[0] + s0 : s0;
        c[1] = accumulate ? c[1] + s1 : s1;
        c[2] = accumulate ? c[2] + s2 : s2;
        c[3] = accumulate ? c[3] + s3 : s3;
    }

    /// <summary>One dot product, summed in the order <see cref="Four"/> uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(T* a, T* b, T* c, int depth, bool accumulate)
    {
        TVector v = default;
        int p = 0;
        for (; p + TLanes.Count <= depth; p += TLanes.Count) v = TLanes.MultiplyAdd(TLanes.Load(a + p), TLanes.Load(b + p), v);
        T sum = TLanes.Sum(v);
        for (; p < depth; p++) sum = T.MultiplyAddEstimate(a[p], b[p], sum);
        *c = accumulate ? *c + sum : sum;
    }
}
