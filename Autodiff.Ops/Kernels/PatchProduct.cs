using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The matrix product C[rows, width] = addend + A[rows, depth]·B[depth, width] with A read through offsets and B packed in panels:
/// in blocks of the depth, so that a panel stays in cache, panel by panel, tile by tile of rows.
/// </summary>
internal static unsafe class PatchProduct<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>What a block of a panel may take of the first-level cache.</summary>
    private const int PanelBytes = 24 << 10;

    /// <summary>What scratch memory needs on top, for <see cref="Align"/>.</summary>
    public static int Slack => 64 / sizeof(T);

    /// <summary>The next cache line's start: loads that straddle two of them cost double.</summary>
    public static T* Align(T* start) => (T*)(((nint)start + 63) & ~63);

    /// <summary>The columns of C and of the packed B: whole vectors.</summary>
    public static int Padded(int columns) => checked((columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count);

    /// <summary>
    /// Packs B, given by columns as source [columns, depth] (rows of <paramref name="stride"/>), into panels [depth, panel's width] one after the
    /// other; what a last vector has more than columns becomes zero.
    /// </summary>
    public static void PackTransposed(T* source, nint stride, int columns, int depth, T* target)
    {
        int vectors;
        for (int j = 0; j < columns; j += vectors * TLanes.Count)
        {
            vectors = PanelVectors((columns - j + TLanes.Count - 1) / TLanes.Count);
            int width = vectors * TLanes.Count, filled = Math.Min(width, columns - j);
            if (filled < width) new Span<T>(target, depth * width).Clear();
            Transposition.Run(source + j * stride, stride, target, width, filled, depth);
            target += (nint)depth * width;
        }
    }

    /// <summary>Packs B, given by rows as source [depth, columns], likewise; the source's rows must be whole vectors long.</summary>
    public static void Pack(T* source, int columns, int depth, T* target)
    {
        int vectors;
        for (int j = 0; j < columns; j += vectors * TLanes.Count)
        {
            vectors = PanelVectors((columns - j) / TLanes.Count);
            for (int p = 0; p < depth; p++)
            {
                for (int i = 0; i < vectors; i++, target += TLanes.Count) TLanes.Store(TLanes.Load(source + (nint)p * columns + j + i * TLanes.Count), target);
            }
        }
    }

    /// <summary>
    /// The product. <paramref name="o"/> names A, the lists, the packed B, C and the addend, from which the first block starts;
    /// <paramref name="width"/> is <see cref="Padded"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(PatchOperands<T> o, int rows, int depth, int width)
    {
        PatchOperands<T> tile = o;
        int groups = (rows + TLanes.TileRows - 1) / TLanes.TileRows, size = rows / groups, larger = rows % groups;
        int vectors;
        for (int j = 0; j < width; j += vectors * TLanes.Count)
        {
            vectors = PanelVectors((width - j) / TLanes.Count);
            int panel = vectors * TLanes.Count, blocks = (int)(((long)depth * panel * sizeof(T) + PanelBytes - 1) / PanelBytes);
            int step = (depth + blocks - 1) / blocks;
            for (int p = 0; p < depth; p += step)
            {
                tile.Depth = Math.Min(step, depth - p);
                tile.Steps = o.Steps + p;
                tile.B = o.B + (nint)depth * j + (nint)p * panel;
                tile.BStride = panel;
                tile.Rows = o.Rows;
                tile.C = o.C + j;
                tile.Addend = p == 0 ? o.Addend + j : tile.C;
                tile.AddendStride = p == 0 ? o.AddendStride : o.CStride;
                for (int g = 0; g < groups; g++)
                {
                    int count = g < larger ? size + 1 : size;
                    RunTile(tile, count, vectors);
                    tile.Rows += count;
                    tile.C += count * tile.CStride;
                    tile.Addend += count * tile.AddendStride;
                }
            }
        }
    }

    /// <summary>The width of the next panel; of 4 remaining vectors 2 and 2, not 3 and a lone 1.</summary>
    private static int PanelVectors(int remaining)
        => TLanes.TileVectors == 3 && remaining == 4 ? 2 : Math.Min(TLanes.TileVectors, remaining);

    private static void RunTile(in PatchOperands<T> o, int rows, int vectors)
    {
        switch (vectors)
        {
            case 1: RunTile<One>(o, rows); break;
            case 2: RunTile<Two>(o, rows); break;
            default: RunTile<Three>(o, rows); break;
        }
    }

    private static void RunTile<TVectors>(in PatchOperands<T> o, int rows)
        where TVectors : ISize
    {
        switch (rows)
        {
            case 1: PatchTile<T, TVector, TLanes>.Run<One, TVectors>(o); break;
            case 2: PatchTile<T, TVector, TLanes>.Run<Two, TVectors>(o); break;
            case 3: PatchTile<T, TVector, TLanes>.Run<Three, TVectors>(o); break;
            case 4: PatchTile<T, TVector, TLanes>.Run<Four, TVectors>(o); break;
            case 5: PatchTile<T, TVector, TLanes>.Run<Five, TVectors>(o); break;
            case 6: PatchTile<T, TVector, TLanes>.Run<Six, TVectors>(o); break;
            case 7: PatchTile<T, TVector, TLanes>.Run<Seven, TVectors>(o); break;
            default: PatchTile<T, TVector, TLanes>.Run<Eight, TVectors>(o); break;
        }
    }
}
