using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff;

/// <summary>
/// Runs a row program over many rows, in parts whose number depends on the rows alone: threads may share the parts, and what the parts add up
/// is joined in their order.
/// </summary>
internal unsafe struct RowJob<T> : IJob where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostParts = 64, LeastBlocks = 8, MostBlock = 4, NearBytes = 1 << 16;

    /// <summary>The program.</summary>
    public RowInstruction* Instructions;
    public int InstructionCount, Cells, Shared, OutputCount;
    public int* Outputs;

    /// <summary>The rows: numbers row by row, which of them (null: all), how many.</summary>
    public T* Data;
    public int Columns, Rows;
    public int* List;

    /// <summary>The numbers that all lanes share, and room for their adjoints, one set for each part; null: none are taken.</summary>
    public T* SharedNumbers, SharedBars;

    /// <summary>The cotangents of the results by row; null: 1.</summary>
    public T* Seeds;

    /// <summary>Where the results go, row by row; null: nowhere.</summary>
    public T* Values;

    /// <summary>Where the sum of the first result goes, one for each part; null: nowhere.</summary>
    public T* Sums;

    /// <summary>Where the derivatives by the rows' numbers go: [rows, outputs, columns]; null: nowhere.</summary>
    public T* RowBars;

    /// <summary>Whether derivatives are taken, and for one result after the other.</summary>
    public bool Pulls, PullsEach;

    /// <summary>Cells and adjoints for as many parts as run at a time; which of them are taken.</summary>
    public T* Scratch;
    public int* Claims;
    public int ScratchCount;

    /// <summary>The rows of a block: more of them share the cost of finding out what to do next, as long as cells and adjoints stay near the processor.</summary>
    public int Lanes;

    /// <summary>The elements of one part's cells and their adjoints.</summary>
    public readonly int ScratchSize => 2 * Cells * Lanes;

    /// <summary>The rows of a block for a program and so many rows: not a matter of threads.</summary>
    public static int LanesFor(int cells, int rows)
    {
        int lanes = RowFrame<T>.LeastLanes, most = MostBlock * lanes;
        while (lanes < most && lanes < rows && 2L * 2 * cells * lanes * sizeof(T) <= NearBytes) lanes *= 2;
        return lanes;
    }

    public readonly int Parts => Math.Max(1, (Blocks + BlocksOfAPart - 1) / BlocksOfAPart);

    private readonly int Blocks => (Rows + Lanes - 1) / Lanes;

    private readonly int BlocksOfAPart => Math.Max(LeastBlocks, (Blocks + MostParts - 1) / MostParts);

    public void Run(int part)
    {
        int claim = 0;
        while (Interlocked.CompareExchange(ref Claims[claim], 1, 0) != 0) claim = (claim + 1) % ScratchCount;
        T* cells = Scratch + ((long)claim * ScratchSize);
        RowFrame<T> frame = new() { Cells = cells, CellBars = cells + ((long)Cells * Lanes), Shared = SharedNumbers, SharedBars = SharedBars + ((long)part * Shared), Lanes = Lanes };
        try
        {
            if (Vector512.IsHardwareAccelerated) Run<Lane512<T>>(part, frame);
            else if (Vector256.IsHardwareAccelerated) Run<Lane256<T>>(part, frame);
            else if (Vector128.IsHardwareAccelerated) Run<Lane128<T>>(part, frame);
            else Run<One<T>>(part, frame);
        }
        finally { Volatile.Write(ref Claims[claim], 0); }
    }

    // where 0 · ∞ may have come of a lane whose cotangent is zero, the part is computed once more with every such lane left out
    internal readonly void Run<L>(int part, in RowFrame<T> frame) where L : struct, IVectorLane<L, T>
    {
        if (!Run<L, Unmasked>(part, frame)) Run<L, Masked>(part, frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool Run<L, M>(int part, in RowFrame<T> frame) where L : struct, IVectorLane<L, T> where M : struct, IMasking
    {
        ReadOnlySpan<RowInstruction> instructions = new(Instructions, InstructionCount);
        int first = part * BlocksOfAPart * Lanes, end = (int)Math.Min(Rows, (long)first + (BlocksOfAPart * Lanes));
        if (SharedBars is not null) new Span<T>(frame.SharedBars, Shared).Clear();
        T* sums = stackalloc T[Lanes];
        new Span<T>(sums, Lanes).Clear();
        bool isClean = true;
        for (int row = first; row < end; row += Lanes)
        {
            int rows = Math.Min(Lanes, end - row);
            Gather(frame.Cells, row, rows);
            RowForward<T, L>.Run(instructions, frame);
            if (Values is not null) Scatter(frame.Cells, row, rows);
            if (Sums is not null)
                for (int lane = 0; lane < rows; lane++) sums[lane] += frame.Cells[((long)Outputs[0] * Lanes) + lane];
            if (!Pulls) continue;
            for (int output = 0; output < (PullsEach ? OutputCount : 1); output++)
            {
                Seed(frame.CellBars, output, row, rows);
                RowReverse<T, L, M>.Run(instructions, frame);
                if (RowBars is not null) isClean &= ScatterBars<L>(frame.CellBars, output, row, rows);
            }
        }

        if (Sums is not null)
        {
            Sums[part] = T.Zero;
            for (int lane = 0; lane < Lanes; lane++) Sums[part] += sums[lane];
        }

        if (SharedBars is not null)
            for (int i = 0; i < Shared && isClean; i++) isClean = !T.IsNaN(frame.SharedBars[i]);
        return isClean;
    }

    private readonly int RowAt(int i) => List is null ? i : List[i];

    // columns become cells; lanes without a row repeat the last one
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather(T* cells, int row, int rows)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            T* source = Data + ((long)RowAt(row + Math.Min(lane, rows - 1)) * Columns), target = cells + lane;
            for (int c = 0; c < Columns; c++, target += Lanes) *target = source[c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scatter(T* cells, int row, int rows)
    {
        for (int output = 0; output < OutputCount; output++)
            for (int lane = 0; lane < rows; lane++) Values[((long)RowAt(row + lane) * OutputCount) + output] = cells[((long)Outputs[output] * Lanes) + lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Seed(T* bars, int output, int row, int rows)
    {
        new Span<T>(bars, Cells * Lanes).Clear();
        for (int lane = 0; lane < rows; lane++) bars[((long)Outputs[output] * Lanes) + lane] = Seeds is null ? T.One : Seeds[RowAt(row + lane)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool ScatterBars<L>(T* bars, int output, int row, int rows) where L : struct, IVectorLane<L, T>
    {
        for (int lane = 0; lane < rows; lane++)
        {
            T* target = RowBars + ((((long)RowAt(row + lane) * OutputCount) + output) * Columns), source = bars + lane;
            for (int c = 0; c < Columns; c++, source += Lanes) target[c] = *source;
        }

        // 0 but for ∞ and NaN
        L check = L.Of(0);
        for (int i = 0; i < Columns * Lanes; i += L.Count) check = L.FusedMultiplyAdd(L.Load(bars + i), L.Of(0), check);
        return L.Sum(check) == T.Zero;
    }
}
