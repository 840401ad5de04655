namespace Autodiff;

/// <summary>Joins neighbouring instructions that are alike and whose operands stand at even distances.</summary>
internal static class RowRuns
{
    public static List<RowInstruction> Merge(List<RowInstruction> instructions)
    {
        List<RowInstruction> runs = [];
        for (int i = 0; i < instructions.Count;)
        {
            RowInstruction run = instructions[i++];
            while (i < instructions.Count && run.TryExtend(instructions[i])) i++;
            runs.Add(run);
        }

        return runs;
    }

    /// <summary>Constants, counted −1, −2, … while it was not known how many uniform numbers there are, stand behind those; then the loops are chosen.</summary>
    public static void Finish(RowInstruction[] runs, int uniforms)
    {
        foreach (ref RowInstruction s in runs.AsSpan())
        {
            Move(ref s.A, ref s.StrideA, uniforms);
            Move(ref s.B, ref s.StrideB, uniforms);
            Move(ref s.C, ref s.StrideC, uniforms);
            Choose(ref s);
        }
    }

    private static void Move(ref int index, ref int stride, int uniforms)
    {
        if (index >= 0) return;
        index = uniforms + ~index;
        stride = -stride;
    }

    /// <summary>Chooses the loops of a finished run.</summary>
    public static void Choose(ref RowInstruction s)
    {
        bool cellA = Has(s, RowFlags.CellA), cellB = Has(s, RowFlags.CellB), cellC = Has(s, RowFlags.CellC), plain = !Has(s, RowFlags.Negative), inPlace = Has(s, RowFlags.InPlace);
        s.Form = s.Op switch
        {
            RowOp.MultiplyAdd when plain && inPlace && s.StrideD == 0 => cellB ? RowForm.OneSumC : RowForm.OneSumS,
            RowOp.MultiplyAdd when plain && inPlace && !cellB && s.StrideA == 0 => RowForm.OneFactor,
            RowOp.MultiplyAdd => cellB ? (cellC ? RowForm.SumsCC : RowForm.SumsCS) : cellC ? RowForm.SumsSC : RowForm.SumsSS,
            RowOp.Multiply => cellB ? RowForm.ProductCC : RowForm.ProductCS,
            RowOp.Add => cellB ? RowForm.TotalCC : RowForm.TotalCS,
            RowOp.Subtract => !cellA ? RowForm.DifferenceSC : cellB ? RowForm.DifferenceCC : RowForm.DifferenceCS,
            _ => RowForm.Rule,
        };
        s.Pull = s.Op is RowOp.MultiplyAdd or RowOp.Multiply ? PullOf(s, plain, cellB, inPlace) : RowPull.None;
    }

    // where the operations of a run do not read each other's results they can be pulled in any order
    private static RowPull PullOf(in RowInstruction s, bool plain, bool cellB, bool inPlace)
    {
        if ((s.Flags & (RowFlags.BarA | RowFlags.BarB)) == 0) return RowPull.None;
        bool both = Has(s, RowFlags.BarA) && Has(s, RowFlags.BarB), one = s.Count == 1;
        if (plain && both && !cellB && (one || s.StrideB == 1))
        {
            if (one || (s.StrideA == 0 && s.StrideD != 0)) return RowPull.OneFactor;
            if (s.StrideD == 0 && inPlace && s.StrideA != 0) return RowPull.OneSum;
            if (s.StrideA > 0 && s.StrideD > 0 && s.A + ((s.Count - 1) * s.StrideA) < s.D) return RowPull.Each;
        }

        if (plain && both && cellB && inPlace && s.A == s.B && s.StrideA == s.StrideB && s.StrideA != 0 && s.StrideD == 0) return RowPull.Squares;
        return cellB ? RowPull.Cells : RowPull.Shared;
    }

    private static bool Has(in RowInstruction s, RowFlags flag) => (s.Flags & flag) != 0;
}
