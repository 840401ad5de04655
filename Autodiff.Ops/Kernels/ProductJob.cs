using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// One block of a matrix product, C[:, columns] (+)= A[:, depth]·B[depth, columns], in parts that may run at the same time. Whatever the parts,
/// an element of C is the same sum.
/// </summary>
internal unsafe struct ProductJob<T, TVector, TLanes> : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>Room for the largest tile: 8 rows of 3 vectors of 64 bytes.</summary>
    private const int TileBytes = 8 * 3 * 64;

    public T* A, B, C, Packed;
    public ProductShape Shape;
    public int Column, Columns, Panels, First, Depth, RowStep;
    public bool PackA, PackB;
    private int rowParts, panelParts;
    private bool packing;

    /// <summary>The whole block: B is copied first, then the rows of C are computed.</summary>
    public void Run(int threads)
    {
        rowParts = (Shape.M + RowStep - 1) / RowStep;
        panelParts = threads == 1 ? 1 : Math.Clamp(2 * threads / rowParts, 1, Panels);
        fixed (ProductJob<T, TVector, TLanes>* self = &this)
        {
            packing = true;
            if (threads > 1) Parallelism.For(Panels, self);
            else for (int i = 0; i < Panels; i++) Pack(i);
            packing = false;
            if (threads > 1) Parallelism.For(rowParts * panelParts, self);
            else for (int i = 0; i < rowParts; i++) Multiply(i * RowStep, 0, Panels);
        }
    }

    /// <inheritdoc/>
    readonly void IJob.Run(int part)
    {
        if (packing) Pack(part);
        else
        {
            (int rows, int panels) = Math.DivRem(part, panelParts);
            Multiply(rows * RowStep, Panels * panels / panelParts, Panels * (panels + 1) / panelParts);
        }
    }

    /// <summary>Copies a panel of B, if it is to be copied or its last vector is not whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pack(int panel)
    {
        (int at, int columns, int width) = Panel(panel);
        if (PackB || columns < width) Autodiff.Kernels.Panels<T, TVector, TLanes>.PackB(B, Shape, First, Column + at, Depth, columns, width, Packed + (nint)at * Depth);
    }

    /// <summary>The rows of C from <paramref name="row"/> on against the panels [from, to).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int row, int from, int to)
    {
        int rows = Math.Min(RowStep, Shape.M - row);
        byte* tile = stackalloc byte[TileBytes];
        nint rowStride = Shape.TransposeA ? 1 : Shape.K, columnStride = Shape.TransposeA ? Shape.M : 1;
        T* block = A + (row * rowStride) + (First * columnStride);
        TileOperands<T> o = new() { Depth = Depth, Accumulate = Shape.Accumulate || First > 0, CStride = Shape.N };
        T[]? rented = PackA ? ArrayPool<T>.Shared.Rent((rows * Depth) + (64 / sizeof(T))) : null;
        fixed (T* start = rented)
        {
            T* packed = (T*)(((nint)start + 63) & ~63);
            if (PackA) Autodiff.Kernels.Panels<T, TVector, TLanes>.PackA(block, Shape.TransposeA, Shape.TransposeA ? columnStride : rowStride, packed, rows, Depth);
            for (int panel = from; panel < to; panel++)
            {
                (int at, int columns, int width) = Panel(panel);
                bool copied = PackB || columns < width;
                o.B = copied ? Packed + (nint)at * Depth : B + (nint)First * Shape.N + Column + at;
                o.BStride = copied ? width : Shape.N;
                o.A = PackA ? packed : block;
                o.RowStride = PackA ? 1 : rowStride;
                o.ColumnStride = PackA ? 0 : columnStride;
                o.C = C + (nint)row * Shape.N + Column + at;
                Tiles(o, rows, width, columns, (T*)tile);
            }
        }

        if (rented is not null) ArrayPool<T>.Shared.Return(rented);
    }

    // where a panel begins, how many columns it has, and how many its vectors have
    private readonly (int At, int Columns, int Width) Panel(int panel)
    {
        int first = BlockedProduct<T, TVector, TLanes>.FirstVector(Columns, panel), end = BlockedProduct<T, TVector, TLanes>.FirstVector(Columns, panel + 1);
        int at = first * TLanes.Count, width = (end - first) * TLanes.Count;
        return (at, Math.Min(width, Columns - at), width);
    }

    /// <summary>All the rows of a block against one panel of B. A column stride of 0 says that A is packed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(TileOperands<T> o, int rows, int width, int columns, T* tile)
    {
        int vectors = width / TLanes.Count;
        bool packed = o.ColumnStride == 0, partial = columns < width, accumulate = o.Accumulate;
        T* c = o.C;
        nint cStride = o.CStride;
        if (partial)
        {
            o.C = tile;
            o.CStride = width;
            o.Accumulate = false;
        }

        int groups = BlockedProduct<T, TVector, TLanes>.Groups(rows), size = rows / groups, larger = rows % groups;
        for (int g = 0; g < groups; g++)
        {
            int count = g < larger ? size + 1 : size;
            if (packed) o.ColumnStride = count;
            if (!partial) o.C = c;
            Autodiff.Kernels.Panels<T, TVector, TLanes>.RunTile(o, count, vectors);
            if (partial) CopyTile(tile, width, c, cStride, count, columns, accumulate);
            o.A += packed ? (nint)count * o.Depth : count * o.RowStride;
            c += count * cStride;
        }
    }

    /// <summary>Moves the columns of a tile that C has: whole vectors must not be written past its rows' ends.</summary>
    private static void CopyTile(T* tile, int width, T* c, nint cStride, int rows, int columns, bool accumulate)
    {
        for (int r = 0; r < rows; r++, tile += width, c += cStride)
        {
            if (accumulate) Elementwise.Add(new ReadOnlySpan<T>(tile, columns), new Span<T>(c, columns));
            else new ReadOnlySpan<T>(tile, columns).CopyTo(new Span<T>(c, columns));
        }
    }
}
