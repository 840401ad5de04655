using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The matrix product in blocks: over n and k, so that a block of B stays in the second-level cache, copied in the order in which tiles read it;
/// over m, so that the rows of A do; then panel by panel of B (a few vectors wide), tile by tile of rows. A and small B are read in place.
/// </summary>
internal static unsafe class BlockedProduct<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>A block of B is 384 rows of 2 KiB: most of a second-level cache. Of A 192 rows are read again for every panel.</summary>
    private const int MaxDepth = 384, MaxRows = 192, MaxColumnBytes = 2048;

    /// <summary>Fewer multiplications than this are done before another thread is awake.</summary>
    private const long MultiplicationsToShare = 1 << 19;

    /// <summary>C (+)= op(A)·op(B), all sizes positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, T* b, T* c, ProductShape s)
    {
        int width = TLanes.Count * TLanes.TileVectors;
        int depthStep = Even(s.K, MaxDepth, 1), columnStep = Even(s.N, MaxColumnBytes / sizeof(T), width);
        int threads = (long)s.M * Math.Min(s.N, columnStep) * depthStep < MultiplicationsToShare ? 1 : Parallelism.Threads;
        ProductJob<T, TVector, TLanes> job = new()
        {
            A = a,
            B = b,
            C = c,
            Shape = s,
            RowStep = Even(s.M, threads == 1 ? MaxRows : Math.Clamp(s.M / (4 * threads), 4 * TLanes.TileRows, MaxRows), TLanes.TileRows),

            // rows that lie a page apart fall on the same few cache sets
            PackA = s.TransposeA && (long)s.M * sizeof(T) >= 4096 && s.N >= width,
            PackB = s.TransposeB || (s.M > 64 && (long)s.N * sizeof(T) >= 512),
        };
        bool scratch = job.PackB || s.N % TLanes.Count != 0;

        // the slack is for aligning to cache lines: loads that straddle two of them cost double
        T[]? copy = scratch ? Scratch<T>.B((Panels(Math.Min(columnStep, s.N)) * width * depthStep) + (64 / sizeof(T))) : null;
        fixed (T* start = copy)
        {
            job.Packed = (T*)(((nint)start + 63) & ~63);
            for (int j = 0; j < s.N; j += columnStep)
            {
                (job.Column, job.Columns) = (j, Math.Min(columnStep, s.N - j));
                job.Panels = Panels(job.Columns);
                for (int p = 0; p < s.K; p += depthStep)
                {
                    (job.First, job.Depth) = (p, Math.Min(depthStep, s.K - p));
                    job.Run(threads);
                }
            }
        }
    }

    /// <summary>The number of row groups: as few as can be, and then as even as can be, since short tiles starve the multipliers.</summary>
    public static int Groups(int rows) => (rows + TLanes.TileRows - 1) / TLanes.TileRows;

    /// <summary>The panels of so many columns: as few as can be.</summary>
    public static int Panels(int columns) => (Vectors(columns) + TLanes.TileVectors - 1) / TLanes.TileVectors;

    /// <summary>The first vector of a panel: the panels' widths are even, so that of 4 vectors 2 and 2 are read, not 3 and a lone 1.</summary>
    public static int FirstVector(int columns, int panel) => (int)((long)Vectors(columns) * panel / Panels(columns));

    /// <summary>The vectors a row of so many columns takes.</summary>
    private static int Vectors(int columns) => (columns + TLanes.Count - 1) / TLanes.Count;

    /// <summary>The step that splits a length into even blocks of at most <paramref name="max"/>, a multiple of <paramref name="unit"/>.</summary>
    private static int Even(int length, int max, int unit)
    {
        int blocks = (length + max - 1) / max;
        int step = (length + blocks - 1) / blocks;
        return (step + unit - 1) / unit * unit;
    }
}
