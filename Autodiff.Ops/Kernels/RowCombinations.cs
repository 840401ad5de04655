using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The product C[m, n] (+)= op(A)[m, k]·B[k, n] for one or two rows, as sums of B's rows: B is read once from front to back, where
/// panels would jump from row to row and wait for memory.
/// </summary>
internal static unsafe class RowCombinations<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>Four rows of B at a time, whose sum joins C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, T* b, T* c, ProductShape s)
    {
        if (!s.Accumulate) new Span<T>(c, s.M * s.N).Clear();
        nint rowStride = s.TransposeA ? 1 : s.K, columnStride = s.TransposeA ? s.M : 1;
        int p = 0;
        for (; p + 4 <= s.K; p += 4)
        {
            for (int i = 0; i < s.M; i++) AddFour(a + i * rowStride + p * columnStride, columnStride, b + (nint)p * s.N, c + (nint)i * s.N, s.N);
        }
        for (; p < s.K; p++)
        {
            for (int i = 0; i < s.M; i++) AddOne(a[i * rowStride + p * columnStride], b + (nint)p * s.N, c + (nint)i * s.N, s.N);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(T* a, nint stride, T* b0, T* c, int n)
    {
        T* b1 = b0 + n;
        T* b2 = b1 + n;
        T* b3 = b2 + n;
        T x0 = *a, x1 = a[stride], x2 = a[2 * stride], x3 = a[3 * stride];
        TVector v0 = TLanes.Broadcast(x0), v1 = TLanes.Broadcast(x1), v2 = TLanes.Broadcast(x2), v3 = TLanes.Broadcast(x3);
        int j = 0;
        for (; j + TLanes.Count <= n; j += TLanes.Count)
        {
            TVector sum = TLanes.MultiplyAdd(v0, TLanes.Load(b0 + j), default);
            sum = TLanes.MultiplyAdd(v1, TLanes.Load(b1 + j), sum);
            sum = TLanes.MultiplyAdd(v2, TLanes.Load(b2 + j), sum);
            sum = TLanes.MultiplyAdd(v3, TLanes.Load(b3 + j), sum);
            TLanes.Store(TLanes.Add(TLanes.Load(c + j), sum), c + j);
        }
        for (; j < n; j++)
        {
            T sum = T.MultiplyAddEstimate(x0, b0[j], T.Zero);
            sum = T.MultiplyAddEstimate(x1, b1[j], sum);
            sum = T.MultiplyAddEstimate(x2, b2[j], sum);
            c[j] += T.MultiplyAddEstimate(x3, b3[j], sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(T x, T* b, T* c, int n)
    {
        TVector v = TLanes.Broadcast(x);
        int j = 0;
        for (; j + TLanes.Count <= n; j += TLanes.Count) TLanes.Store(TLanes.MultiplyAdd(v, TLanes.Load(b + j), TLanes.Load(c + j)), c + j);
        for (; j < n; j++) c[j] = T.MultiplyAddEstimate(x, b[j], c[j]);
    }
}
