using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>What a blocked product is made of: copies of its operands in the order in which tiles read them, and the choice of the tile.</summary>
internal static unsafe class Panels<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <summary>
    /// Copies columns [j, j + columns) of rows [p, p + depth) of op(B) to a panel [depth, width]. Beyond the columns lies what
    /// follows in B, or zero: it reaches only parts of the tile that are dropped.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackB(T* b, ProductShape s, int p, int j, int depth, int columns, int width, T* panel)
    {
        if (s.TransposeB)
        {
            if (columns < width) new Span<T>(panel, depth * width).Clear();
            Transposition.Run(b + (nint)j * s.K + p, s.K, panel, width, columns, depth);
            return;
        }
        T* source = b + (nint)p * s.N + j;
        // Whole vectors may be read as long as they end within B, which only its last rows' do not.
        nint end = (nint)s.K * s.N - width;
        for (int r = 0; r < depth; r++, source += s.N, panel += width)
        {
            if (source - b <= end)
            {
                for (int i = 0; i < width; i += TLanes.Count) TLanes.Store(TLanes.Load(source + i), panel + i);
            }
            else
            {
                for (int i = 0; i < width; i++) panel[i] = i < columns ? source[i] : T.Zero;
            }
        }
    }

    /// <summary>Copies rows of op(A) to groups of [depth, rows of the group]; the stride is that from one row of the stored matrix to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackA(T* a, bool transposed, nint stride, T* packed, int rows, int depth)
    {
        int groups = BlockedProduct<T, TVector, TLanes>.Groups(rows), size = rows / groups, larger = rows % groups;
        if (transposed)
        {
            // row by row of the stored matrix: each lies on a page of its own
            for (int r = 0; r < depth; r++, a += stride)
            {
                for (int g = 0, at = 0, count; g < groups; g++, at += count)
                {
                    count = g < larger ? size + 1 : size;
                    Elementwise.Copy(a + at, packed + ((nint)at * depth) + ((nint)r * count), count);
                }
            }

            return;
        }

        for (int g = 0, count; g < groups; g++, a += count * stride, packed += (nint)count * depth)
        {
            count = g < larger ? size + 1 : size;
            Transposition.Run(a, stride, packed, count, count, depth);
        }
    }

    /// <summary>Chooses the micro-kernel of the right size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunTile(in TileOperands<T> o, int rows, int vectors)
    {
        switch (vectors)
        {
            case 1: RunTile<One>(o, rows); break;
            case 2: RunTile<Two>(o, rows); break;
            default: RunTile<Three>(o, rows); break;
        }
    }

    private static void RunTile<TVectors>(in TileOperands<T> o, int rows)
        where TVectors : ISize
    {
        switch (rows)
        {
            case 1: MatrixTile<T, TVector, TLanes>.Run<One, TVectors>(o); break;
            case 2: MatrixTile<T, TVector, TLanes>.Run<Two, TVectors>(o); break;
            case 3: MatrixTile<T, TVector, TLanes>.Run<Three, TVectors>(o); break;
            case 4: MatrixTile<T, TVector, TLanes>.Run<Four, TVectors>(o); break;
            case 5: MatrixTile<T, TVector, TLanes>.Run<Five, TVectors>(o); break;
            case 6: MatrixTile<T, TVector, TLanes>.Run<Six, TVectors>(o); break;
            case 7: MatrixTile<T, TVector, TLanes>.Run<Seven, TVectors>(o); break;
            default: MatrixTile<T, TVector, TLanes>.Run<Eight, TVectors>(o); break;
        }
    }
}
