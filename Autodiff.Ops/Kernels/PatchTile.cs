using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// What a tile works on: element (r, p) of A is at A[Rows[r] + Steps[p]]; B has rows of BStride, C of CStride, and what is added
/// to the product rows of AddendStride (0: one row for all).
/// </summary>
internal unsafe struct PatchOperands<T>
    where T : unmanaged
{
    public T* A;
    public int* Rows;
    public int* Steps;
    public T* B;
    public T* C;
    public T* Addend;
    public nint BStride;
    public nint CStride;
    public nint AddendStride;
    public int Depth;
}

/// <summary>
/// The micro-kernel of convolutions, C[rows, width] = addend + A[rows, depth]·B[depth, width], C held in registers. A is read through
/// two lists of offsets, so that the patches of an image are a matrix without being copied: each element is read where it lies.
/// </summary>
internal static unsafe class PatchTile<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>Like <see cref="MatrixTile{T, TVector, TLanes}"/>: sizes are types, and nothing here may end as a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(in PatchOperands<T> tile)
        where TRows : ISize
        where TVectors : ISize
    {
        int lanes = TLanes.Count;
        nint bStride = tile.BStride;
        int* rows = tile.Rows;
        T* b = tile.B;
        T* a0 = tile.A + rows[0];
        T* a1 = TRows.Value > 1 ? tile.A + rows[1] : a0;
        T* a2 = TRows.Value > 2 ? tile.A + rows[2] : a0;
        T* a3 = TRows.Value > 3 ? tile.A + rows[3] : a0;
        T* a4 = TRows.Value > 4 ? tile.A + rows[4] : a0;
        T* a5 = TRows.Value > 5 ? tile.A + rows[5] : a0;
        T* a6 = TRows.Value > 6 ? tile.A + rows[6] : a0;
        T* a7 = TRows.Value > 7 ? tile.A + rows[7] : a0;
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        int* end = tile.Steps + tile.Depth;
        for (int* step = tile.Steps; step < end; step++)
        {
            nint at = *step;
            TVector b0 = TLanes.Load(b);
            TVector b1 = TVectors.Value > 1 ? TLanes.Load(b + lanes) : default;
            TVector b2 = TVectors.Value > 2 ? TLanes.Load(b + 2 * lanes) : default;
            Multiply<TVectors>(a0[at], b0, b1, b2, ref c00, ref c01, ref c02);
            if (TRows.Value > 1) Multiply<TVectors>(a1[at], b0, b1, b2, ref c10, ref c11, ref c12);
            if (TRows.Value > 2) Multiply<TVectors>(a2[at], b0, b1, b2, ref c20, ref c21, ref c22);
            if (TRows.Value > 3) Multiply<TVectors>(a3[at], b0, b1, b2, ref c30, ref c31, ref c32);
            if (TRows.Value > 4) Multiply<TVectors>(a4[at], b0, b1, b2, ref c40, ref c41, ref c42);
            if (TRows.Value > 5) Multiply<TVectors>(a5[at], b0, b1, b2, ref c50, ref c51, ref c52);
            if (TRows.Value > 6) Multiply<TVectors>(a6[at], b0, b1, b2, ref c60, ref c61, ref c62);
            if (TRows.Value > 7) Multiply<TVectors>(a7[at], b0, b1, b2, ref c70, ref c71, ref c72);
            b += bStride;
        }

        T* c = tile.C;
        T* addend = tile.Addend;
        nint cStride = tile.CStride, stride = tile.AddendStride;
        Finish<TVectors>(c, addend, c00, c01, c02);
        if (TRows.Value > 1) Finish<TVectors>(c + cStride, addend + stride, c10, c11, c12);
        if (TRows.Value > 2) Finish<TVectors>(c + 2 * cStride, addend + 2 * stride, c20, c21, c22);
        if (TRows.Value > 3) Finish<TVectors>(c + 3 * cStride, addend + 3 * stride, c30, c31, c32);
        if (TRows.Value > 4) Finish<TVectors>(c + 4 * cStride, addend + 4 * stride, c40, c41, c42);
        if (TRows.Value > 5) Finish<TVectors>(c + 5 * cStride, addend + 5 * stride, c50, c51, c52);
        if (TRows.Value > 6) Finish<TVectors>(c + 6 * cStride, addend + 6 * stride, c60, c61, c62);
        if (TRows.Value > 7) Finish<TVectors>(c + 7 * cStride, addend + 7 * stride, c70, c71, c72);
    }

    /// <summary>One row's share of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TVectors>(T a, TVector b0, TVector b1, TVector b2, ref TVector c0, ref TVector c1, ref TVector c2)
        where TVectors : ISize
    {
        TVector s = TLanes.Broadcast(a);
        c0 = TLanes.MultiplyAdd(s, b0, c0);
        if (TVectors.Value > 1) c1 = TLanes.MultiplyAdd(s, b1, c1);
        if (TVectors.Value > 2) c2 = TLanes.MultiplyAdd(s, b2, c2);
    }

    /// <summary>Writes one row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(T* c, T* addend, TVector x0, TVector x1, TVector x2)
        where TVectors : ISize
    {
        int lanes = TLanes.Count;
        TLanes.Store(TLanes.Add(TLanes.Load(addend), x0), c);
        if (TVectors.Value > 1) TLanes.Store(TLanes.Add(TLanes.Load(addend + lanes), x1), c + lanes);
        if (TVectors.Value > 2) TLanes.Store(TLanes.Add(TLanes.Load(addend + 2 * lanes), x2), c + 2 * lanes);
    }
}
