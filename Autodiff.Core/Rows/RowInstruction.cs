namespace Autodiff;

/// <summary>What one instruction of a row program does. The algebra has loops of its own; whatever else runs through the loops of its op.</summary>
internal enum RowOp
{
    /// <summary>d = c ± a·b.</summary>
    MultiplyAdd,

    /// <summary>d = a·b.</summary>
    Multiply,

    /// <summary>d = a + b.</summary>
    Add,

    /// <summary>d = a − b.</summary>
    Subtract,

    /// <summary>d = f(a, b, c) by the rule of an op.</summary>
    Rule,
}

/// <summary>The loop that computes a run: chosen when it is compiled, so that nothing but a jump is left to do for each block.</summary>
internal enum RowForm
{
    /// <summary>The loops of an op.</summary>
    Rule,

    /// <summary>c ± a·b; cells (C) or shared numbers (S) for b and c.</summary>
    SumsCC,

    /// <inheritdoc cref="SumsCC"/>
    SumsCS,

    /// <inheritdoc cref="SumsCC"/>
    SumsSC,

    /// <inheritdoc cref="SumsCC"/>
    SumsSS,

    /// <summary>dᵢ += a·uᵢ.</summary>
    OneFactor,

    /// <summary>d += aᵢ·bᵢ over cells.</summary>
    OneSumC,

    /// <summary>d += aᵢ·uᵢ.</summary>
    OneSumS,

    /// <summary>a·b; cells or shared numbers for a and b.</summary>
    ProductCC,

    /// <inheritdoc cref="ProductCC"/>
    ProductCS,

    /// <summary>a + b.</summary>
    TotalCC,

    /// <inheritdoc cref="TotalCC"/>
    TotalCS,

    /// <summary>a − b.</summary>
    DifferenceCC,

    /// <inheritdoc cref="DifferenceCC"/>
    DifferenceCS,

    /// <inheritdoc cref="DifferenceCC"/>
    DifferenceSC,
}

/// <summary>The loop that pulls the products of a run.</summary>
internal enum RowPull
{
    /// <summary>Nothing flows back to a factor.</summary>
    None,

    /// <summary>One operation after the other, from the last, b a cell.</summary>
    Cells,

    /// <summary>The same, b a shared number.</summary>
    Shared,

    /// <summary>dᵢ += a·uᵢ.</summary>
    OneFactor,

    /// <summary>d += aᵢ·uᵢ.</summary>
    OneSum,

    /// <summary>dᵢ = aᵢ·uᵢ, where no d is an a of the run.</summary>
    Each,

    /// <summary>d += aᵢ².</summary>
    Squares,
}

/// <summary>Where an instruction's operands are, and what flows back to them.</summary>
[Flags]
internal enum RowFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>a, b, c is a cell (a number for each lane), else a number that all lanes share.</summary>
    CellA = 1,

    /// <inheritdoc cref="CellA"/>
    CellB = 2,

    /// <inheritdoc cref="CellA"/>
    CellC = 4,

    /// <summary>A derivative by a, b, c is needed.</summary>
    BarA = 8,

    /// <inheritdoc cref="BarA"/>
    BarB = 16,

    /// <inheritdoc cref="BarA"/>
    BarC = 32,

    /// <summary>c (of a sum: a) is the cell of the result: the cotangent is where it should be already.</summary>
    InPlace = 64,

    /// <summary>The product is subtracted.</summary>
    Negative = 128,

    /// <summary>Any derivative.</summary>
    AnyBar = BarA | BarB | BarC,
}

/// <summary>
/// A run of equal operations whose operands stand at even distances: <see cref="Count"/> times d = f(a, b, c), each index growing by its stride. An index counts
/// cells or shared numbers.
/// </summary>
internal struct RowInstruction
{
    public RowOp Op;
    public RowFlags Flags;
    public int Count;
    public int D, A, B, C;
    public int StrideD, StrideA, StrideB, StrideC;

    /// <summary>The opcode of a <see cref="RowOp.Rule"/>.</summary>
    public int Rule;

    /// <summary>The loops, chosen by <see cref="RowRuns.Choose"/>.</summary>
    public RowForm Form;
    public RowPull Pull;

    /// <summary>Whether the next operation continues the run: the second one decides the strides.</summary>
    public bool TryExtend(in RowInstruction next)
    {
        if (next.Op != Op || next.Flags != Flags || next.Rule != Rule) return false;
        if (Op is not (RowOp.Multiply or RowOp.Rule) && ReadsRun(next)) return false;
        if ((next.A ^ A) < 0 || (next.B ^ B) < 0 || (next.C ^ C) < 0) return false;   // a constant behind a uniform number
        (int d, int a, int b, int c) = (next.D - D, next.A - A, next.B - B, next.C - C);
        if (Count == 1)
        {
            if (Op == RowOp.Rule && !IsContiguous(next)) return false;
            (StrideD, StrideA, StrideB, StrideC) = (d, a, b, c);
        }
        else if (d != Count * StrideD || a != Count * StrideA || b != Count * StrideB || c != Count * StrideC) return false;
        else if (Op == RowOp.Rule && !IsContiguous(next)) return false;
        Count++;
        return true;
    }

    // a sum passes its cotangent on to one operand all along the run, then to the next one: nothing that the run has computed may be among them
    private readonly bool ReadsRun(in RowInstruction next)
    {
        bool isInPlace = (Flags & RowFlags.InPlace) != 0, isProduct = Op == RowOp.MultiplyAdd;
        return (!(isInPlace && !isProduct) && IsOfRun(RowFlags.CellA, next.A)) || IsOfRun(RowFlags.CellB, next.B) || (!(isInPlace && isProduct) && IsOfRun(RowFlags.CellC, next.C));
    }

    private readonly bool IsOfRun(RowFlags cell, int index)
    {
        if ((Flags & cell) == 0) return false;
        if (Count == 1 || StrideD == 0) return index == D;
        int steps = (index - D) / StrideD;
        return steps >= 0 && steps < Count && D + (steps * StrideD) == index;
    }

    // the loops of an op run over memory: neighbouring cells, one shared number, and nothing that the run itself has written
    private readonly bool IsContiguous(in RowInstruction next)
        => next.D - D == Count
        && Fits(RowFlags.CellA, A, next.A) && Fits(RowFlags.CellB, B, next.B) && Fits(RowFlags.CellC, C, next.C);

    private readonly bool Fits(RowFlags cell, int first, int next)
        => (Flags & cell) != 0 ? next - first == Count && next < D : next == first;
}
