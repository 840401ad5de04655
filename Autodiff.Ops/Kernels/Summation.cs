using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Sums of a contiguous run: blocks of 256 in four vectors, the blocks joined pairwise. For n terms the error is at most about
/// (66 + log₂ n)·u·Σ|terms|, u being half the distance from 1 to the next number, where a plain loop has n·u·Σ|terms|.
/// </summary>
internal static unsafe class Summation
{
    /// <summary>Σ x.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* p = x)
        {
            return VectorWidths.Best<T>() switch
            {
                VectorWidth.Bits512 => Summation<T, Vector512<T>, Lanes512<T>>.Sum(p, x.Length),
                VectorWidth.Bits256 => Summation<T, Vector256<T>, Lanes256<T>>.Sum(p, x.Length),
                VectorWidth.Bits128 => Summation<T, Vector128<T>, Lanes128<T>>.Sum(p, x.Length),
                _ => Summation<T, T, ScalarLanes<T>>.Sum(p, x.Length),
            };
        }
    }

    /// <summary>Σ aᵢ·bᵢ over vectors of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (a.Length != b.Length) throw new ArgumentException($"A dot product needs equal lengths, not {a.Length} and {b.Length}.");
        fixed (T* pa = a, pb = b)
        {
            return VectorWidths.Best<T>() switch
            {
                VectorWidth.Bits512 => Summation<T, Vector512<T>, Lanes512<T>>.Dot(pa, pb, a.Length),
                VectorWidth.Bits256 => Summation<T, Vector256<T>, Lanes256<T>>.Dot(pa, pb, a.Length),
                VectorWidth.Bits128 => Summation<T, Vector128<T>, Lanes128<T>>.Dot(pa, pb, a.Length),
                _ => Summation<T, T, ScalarLanes<T>>.Dot(pa, pb, a.Length),
            };
        }
    }
}

/// <summary>The sums at one vector width.</summary>
internal static unsafe class Summation<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    private const int Block = 256;

    /// <summary>Σ x.</summary>
    public static T Sum(T* x, int n)
    {
        if (n <= Block) return SumBlock(x, n);
        int half = Half(n);
        return Sum(x, half) + Sum(x + half, n - half);
    }

    /// <summary>Σ aᵢ·bᵢ.</summary>
    public static T Dot(T* a, T* b, int n)
    {
        if (n <= Block) return DotBlock(a, b, n);
        int half = Half(n);
        return Dot(a, b, half) + Dot(a + half, b + half, n - half);
    }

    /// <summary>About half of n, in whole blocks.</summary>
    private static int Half(int n) => (n / 2 + Block - 1) / Block * Block;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T SumBlock(T* x, int n)
    {
        int lanes = TLanes.Count, i = 0;
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i + 4 * lanes <= n; i += 4 * lanes)
        {
            s0 = TLanes.Add(s0, TLanes.Load(x + i));
            s1 = TLanes.Add(s1, TLanes.Load(x + i + lanes));
            s2 = TLanes.Add(s2, TLanes.Load(x + i + 2 * lanes));
            s3 = TLanes.Add(s3, TLanes.Load(x + i + 3 * lanes));
        }
        for (; i + lanes <= n; i += lanes) s0 = TLanes.Add(s0, TLanes.Load(x + i));
        T tail = T.Zero;
        for (; i < n; i++) tail += x[i];
        return TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3))) + tail;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T DotBlock(T* a, T* b, int n)
    {
        int lanes = TLanes.Count, i = 0;
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i + 4 * lanes <= n; i += 4 * lanes)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(a + i + lanes), TLanes.Load(b + i + lanes), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(a + i + 2 * lanes), TLanes.Load(b + i + 2 * lanes), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(a + i + 3 * lanes), TLanes.Load(b + i + 3 * lanes), s3);
        }
        for (; i + lanes <= n; i += lanes) s0 = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), s0);
        T tail = T.Zero;
        for (; i < n; i++) tail = T.MultiplyAddEstimate(a[i], b[i], tail);
        return TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3))) + tail;
    }
}
