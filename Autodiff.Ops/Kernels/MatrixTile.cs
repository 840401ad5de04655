using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>What a tile works on: element (r, p) of A is at A[r·RowStride + p·ColumnStride]; B and C have rows of BStride and CStride.</summary>
internal unsafe struct TileOperands<T>
    where T : unmanaged
{
    public T* A;
    public T* B;
    public T* C;
    public nint RowStride;
    public nint ColumnStride;
    public nint BStride;
    public nint CStride;
    public int Depth;
    public bool Accumulate;
}

/// <summary>The micro-kernel of a matrix product, C[rows, width] (+)= A[rows, depth]·B[depth, width], C held in registers.</summary>
internal static unsafe class MatrixTile<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>
    /// One source for every tile up to 8 rows of 3 vectors: the sizes are types, so the unused accumulators vanish.
    /// Nothing here may end as a call or touch a static: one call anywhere in the method spills every accumulator in the loop.
    /// The sum over the depth starts from zero and joins C last, in the same order for every element of C.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(in TileOperands<T> tile)
        where TRows : ISize
        where TVectors : ISize
    {
        int lanes = TLanes.Count;
        nint step = tile.ColumnStride, bStride = tile.BStride, at = 0;
        T* b = tile.B;
        T* a0 = tile.A;
        T* a1 = a0 + tile.RowStride;
        T* a2 = a1 + tile.RowStride;
        T* a3 = a2 + tile.RowStride;
        T* a4 = a3 + tile.RowStride;
        T* a5 = a4 + tile.RowStride;
        T* a6 = a5 + tile.RowStride;
        T* a7 = a6 + tile.RowStride;
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        for (int p = tile.Depth; p > 0; p--)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TVectors.Value > 1 ? TLanes.Load(b + lanes) : default;
            TVector b2 = TVectors.Value > 2 ? TLanes.Load(b + 2 * lanes) : default;
            TVector s0 = TLanes.Broadcast(a0[at]);
            c00 = TLanes.MultiplyAdd(s0, b0, c00);
            if (TVectors.Value > 1) c01 = TLanes.MultiplyAdd(s0, b1, c01);
            if (TVectors.Value > 2) c02 = TLanes.MultiplyAdd(s0, b2, c02);
            if (TRows.Value > 1)
            {
                TVector s1 = TLanes.Broadcast(a1[at]);
                c10 = TLanes.MultiplyAdd(s1, b0, c10);
                if (TVectors.Value > 1) c11 = TLanes.MultiplyAdd(s1, b1, c11);
                if (TVectors.Value > 2) c12 = TLanes.MultiplyAdd(s1, b2, c12);
            }
            if (TRows.Value > 2)
            {
                TVector s2 = TLanes.Broadcast(a2[at]);
                c20 = TLanes.MultiplyAdd(s2, b0, c20);
                if (TVectors.Value > 1) c21 = TLanes.MultiplyAdd(s2, b1, c21);
                if (TVectors.Value > 2) c22 = TLanes.MultiplyAdd(s2, b2, c22);
            }
            if (TRows.Value > 3)
            {
                TVector s3 = TLanes.Broadcast(a3[at]);
                c30 = TLanes.MultiplyAdd(s3, b0, c30);
                if (TVectors.Value > 1) c31 = TLanes.MultiplyAdd(s3, b1, c31);
                if (TVectors.Value > 2) c32 = TLanes.MultiplyAdd(s3, b2, c32);
            }
            if (TRows.Value > 4)
            {
                TVector s4 = TLanes.Broadcast(a4[at]);
                c40 = TLanes.MultiplyAdd(s4, b0, c40);
                if (TVectors.Value > 1) c41 = TLanes.MultiplyAdd(s4, b1, c41);
                if (TVectors.Value > 2) c42 = TLanes.MultiplyAdd(s4, b2, c42);
            }
            if (TRows.Value > 5)
            {
                TVector s5 = TLanes.Broadcast(a5[at]);
                c50 = TLanes.MultiplyAdd(s5, b0, c50);
                if (TVectors.Value > 1) c51 = TLanes.MultiplyAdd(s5, b1, c51);
                if (TVectors.Value > 2) c52 = TLanes.MultiplyAdd(s5, b2, c52);
            }
            if (TRows.Value > 6)
            {
                TVector s6 = TLanes.Broadcast(a6[at]);
                c60 = TLanes.MultiplyAdd(s6, b0, c60);
                if (TVectors.Value > 1) c61 = TLanes.MultiplyAdd(s6, b1, c61);
                if (TVectors.Value > 2) c62 = TLanes.MultiplyAdd(s6, b2, c62);
            }
            if (TRows.Value > 7)
            {
                TVector s7 = TLanes.Broadcast(a7[at]);
                c70 = TLanes.MultiplyAdd(s7, b0, c70);
                if (TVectors.Value > 1) c71 = TLanes.MultiplyAdd(s7, b1, c71);
                if (TVectors.Value > 2) c72 = TLanes.MultiplyAdd(s7, b2, c72);
            }
            at += step;
            b += bStride;
        }
        T* c = tile.C;
        nint cStride = tile.CStride;
        bool accumulate = tile.Accumulate;
        Finish<TVectors>(c, c00, c01, c02, accumulate);
        if (TRows.Value > 1) Finish<TVectors>(c + cStride, c10, c11, c12, accumulate);
        if (TRows.Value > 2) Finish<TVectors>(c + 2 * cStride, c20, c21, c22, accumulate);
        if (TRows.Value > 3) Finish<TVectors>(c + 3 * cStride, c30, c31, c32, accumulate);
        if (TRows.Value > 4) Finish<TVectors>(c + 4 * cStride, c40, c41, c42, accumulate);
        if (TRows.Value > 5) Finish<TVectors>(c + 5 * cStride, c50, c51, c52, accumulate);
        if (TRows.Value > 6) Finish<TVectors>(c + 6 * cStride, c60, c61, c62, accumulate);
        if (TRows.Value > 7) Finish<TVectors>(c + 7 * cStride, c70, c71, c72, accumulate);
    }

    /// <summary>Writes or adds one row of the tile to C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(T* c, TVector x0, TVector x1, TVector x2, bool accumulate)
        where TVectors : ISize
    {
        int lanes = TLanes.Count;
        TLanes.Store(accumulate ? TLanes.Add(TLanes.Load(c), x0) : x0, c);
        if (TVectors.Value > 1) TLanes.Store(accumulate ? TLanes.Add(TLanes.Load(c + lanes), x1) : x1, c + lanes);
        if (TVectors.Value > 2) TLanes.Store(accumulate ? TLanes.Add(TLanes.Load(c + 2 * lanes), x2) : x2, c + 2 * lanes);
    }
}
