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

    /// <summary>Constants, counted −1, −2, … while it was not known how many uniform numbers there are, stand behind those.</summary>
    public static void MoveConstants(RowInstruction[] runs, int uniforms)
    {
        foreach (ref RowInstruction s in runs.AsSpan())
        {
            Move(ref s.A, ref s.StrideA, uniforms);
            Move(ref s.B, ref s.StrideB, uniforms);
            Move(ref s.C, ref s.StrideC, uniforms);
        }
    }

    private static void Move(ref int index, ref int stride, int uniforms)
    {
        if (index >= 0) return;
        index = uniforms + ~index;
        stride = -stride;
    }
}
