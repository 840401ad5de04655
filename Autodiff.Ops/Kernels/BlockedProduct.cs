using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The matrix product in blocks: over k, so that a panel of B stays in cache; over m, so that the rows of A do; then panel by
/// panel of B (a few vectors wide), tile by tile of rows. A and B are read in place unless packing pays.
/// </summary>
internal static unsafe class BlockedProduct<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    private const int MaxDepth = 384, MaxRows = 192;

    /// <summary>Room for the largest tile: 8 rows of 3 vectors of 64 bytes.</summary>
    private const int TileBytes = 8 * 3 * 64;

    /// <summary>C (+)= op(A)·op(B), all sizes positive.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, T* b, T* c, ProductShape s)
    {
        int depthStep = Even(s.K, MaxDepth, 1), rowStep = Even(s.M, MaxRows, TLanes.TileRows);
        bool packB = s.TransposeB || (s.M >= 64 && (long)s.N * sizeof(T) >= 1024);
        // Rows of Aᵀ a page apart fall on the same few cache sets, and each on a page of its own.
        bool packA = s.TransposeA && (long)s.M * sizeof(T) >= 4096 && s.N >= TLanes.Count * TLanes.TileVectors;
        int panelSize = packB || s.N % TLanes.Count != 0 ? depthStep * TLanes.Count * Math.Min(TLanes.TileVectors, Vectors(s.N)) : 0;
        int scratchSize = panelSize + (packA ? depthStep * rowStep : 0);
        byte* tile = stackalloc byte[TileBytes];
        if (scratchSize == 0)
        {
            Blocks(a, b, c, s, depthStep, rowStep, false, false, null, null, (T*)tile);
            return;
        }
        // The slack is for aligning to cache lines: loads that straddle two of them cost double.
        T[] scratch = ArrayPool<T>.Shared.Rent(scratchSize + 64 / sizeof(T));
        fixed (T* start = scratch)
        {
            T* panel = (T*)(((nint)start + 63) & ~63);
            Blocks(a, b, c, s, depthStep, rowStep, packA, packB, panel, panel + panelSize, (T*)tile);
        }
        ArrayPool<T>.Shared.Return(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks(
        T* a, T* b, T* c, ProductShape s, int depthStep, int rowStep, bool packA, bool packB, T* panel, T* packedA, T* tile)
    {
        TileOperands<T> o = default;
        nint rowStride = s.TransposeA ? 1 : s.K, columnStride = s.TransposeA ? s.M : 1;
        for (int p = 0; p < s.K; p += depthStep)
        {
            o.Depth = Math.Min(depthStep, s.K - p);
            o.Accumulate = s.Accumulate || p > 0;
            for (int i = 0; i < s.M; i += rowStep)
            {
                int rows = Math.Min(rowStep, s.M - i);
                T* block = a + i * rowStride + p * columnStride;
                if (packA) Panels<T, TVector, TLanes>.PackA(block, columnStride, packedA, rows, o.Depth);
                int vectors;
                for (int j = 0; j < s.N; j += vectors * TLanes.Count)
                {
                    vectors = PanelVectors(Vectors(s.N - j));
                    int width = vectors * TLanes.Count, columns = Math.Min(width, s.N - j);
                    if (packB || columns < width)
                    {
                        Panels<T, TVector, TLanes>.PackB(b, s, p, j, o.Depth, columns, width, panel);
                        o.B = panel;
                        o.BStride = width;
                    }
                    else
                    {
                        o.B = b + (nint)p * s.N + j;
                        o.BStride = s.N;
                    }
                    o.A = packA ? packedA : block;
                    o.RowStride = packA ? 1 : rowStride;
                    o.ColumnStride = packA ? 0 : columnStride;
                    o.C = c + (nint)i * s.N + j;
                    o.CStride = s.N;
                    Panel(o, rows, vectors, columns, tile);
                }
            }
        }
    }

    /// <summary>All the rows of a block against one panel of B. A column stride of 0 says that A is packed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel(TileOperands<T> o, int rows, int vectors, int columns, T* tile)
    {
        int width = vectors * TLanes.Count;
        bool packed = o.ColumnStride == 0, partial = columns < width, accumulate = o.Accumulate;
        T* c = o.C;
        nint cStride = o.CStride;
        if (partial)
        {
            o.C = tile;
            o.CStride = width;
            o.Accumulate = false;
        }
        int groups = Groups(rows), size = rows / groups, larger = rows % groups;
        for (int g = 0; g < groups; g++)
        {
            int count = g < larger ? size + 1 : size;
            if (packed) o.ColumnStride = count;
            if (!partial) o.C = c;
            Panels<T, TVector, TLanes>.RunTile(o, count, vectors);
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

    /// <summary>The number of row groups: as few as can be, and then as even as can be, since short tiles starve the multipliers.</summary>
    public static int Groups(int rows) => (rows + TLanes.TileRows - 1) / TLanes.TileRows;

    /// <summary>The vectors a row of so many columns takes.</summary>
    private static int Vectors(int columns) => (columns + TLanes.Count - 1) / TLanes.Count;

    /// <summary>The width of the next panel; of 4 remaining vectors 2 and 2, not 3 and a lone 1.</summary>
    private static int PanelVectors(int remaining)
        => TLanes.TileVectors == 3 && remaining == 4 ? 2 : Math.Min(TLanes.TileVectors, remaining);

    /// <summary>The step that splits a length into even blocks of at most <paramref name="max"/>, a multiple of <paramref name="unit"/>.</summary>
    private static int Even(int length, int max, int unit)
    {
        int blocks = (length + max - 1) / max;
        int step = (length + blocks - 1) / blocks;
        return (step + unit - 1) / unit * unit;
    }
}
