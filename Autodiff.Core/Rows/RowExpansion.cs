using System.Numerics;

namespace Autodiff;

/// <summary>
/// The derivative of a step over rows, recorded: every row is recorded as ordinary steps, and their derivative with it. Time and memory are those of a loop
/// over the rows.
/// </summary>
internal static unsafe class RowExpansion<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Record(RecordedSweep<T> sweep, in Node<T> n, in RowsStep step, Variable<T> yBar)
    {
        Recording<T> r = sweep.Recording;
        int dataSlot = r.Operands(n)[0], data = r.CodeAt(dataSlot).A, floor = r.Count;
        bool pullsRow = sweep.Wants(dataSlot);
        List<(int Slot, Variable<T> Bar)> outputs = [];
        HashSet<int> inputs = [];
        if (pullsRow) inputs.Add(dataSlot);
        for (int p = 0; p < step.PathCount; p++)
        {
            RowPath path = step.Path(r.Attributes, p);
            RowProgram<T> program = r.Rows.Program(path.Program);
            foreach (int slot in program.Main.Uniforms)
                if (sweep.Wants(slot)) inputs.Add(slot);
            var slots = new int[program.Codes.Length];
            for (int i = 0; i < path.Rows; i++)
            {
                int row = path.List < 0 ? i : ((int*)(r.Attributes.Start + path.List))[i];
                int output = Run(r, program, slots, dataSlot, row, step.Columns, pullsRow);
                outputs.Add((output, step.IsSum ? yBar : yBar.At(row)));
            }
        }

        if (inputs.Count == 0) return;
        int[] targets = [.. inputs];
        var bars = new Variable<T>[targets.Length];
        new RecordedSweep<T>(r).Run(outputs, floor, targets, bars);
        for (int i = 0; i < targets.Length; i++)
            if (!RecordedSweep<T>.IsNone(bars[i])) sweep.Accumulate(targets[i], bars[i]);
    }

    // one row as ordinary steps; gives the slot of its result
    private static int Run(Recording<T> r, RowProgram<T> program, int[] slots, int dataSlot, int row, int columns, bool pullsRow)
    {
        int data = r.CodeAt(dataSlot).A;
        for (int c = 0; c < columns; c++)
        {
            int place = (row * columns) + c;
            T number = r.Nodes[data].Value[place];
            slots[c] = (int)(pullsRow ? r.Push(new Code { Op = Opcode.Element, A = dataSlot, B = place }, number) : r.Push(new Code { Op = Opcode.Constant }, number));
        }

        for (int i = 0; i < program.Kept.Length; i++) slots[program.Kept[i]] = program.Base + i;
        foreach (int i in program.Steps)
        {
            Code code = program.Codes[i];
            int count = Recording<T>.SlotCount(code.Op);
            if (count > 0) code.A = Moved(code.A, program.Base, slots);
            if (count > 1) code.B = Moved(code.B, program.Base, slots);
            if (count > 2) code.C = Moved(code.C, program.Base, slots);
            slots[i] = (int)ScalarTable<T>.Rules[code.Op].Again(r, code) & int.MaxValue;
        }

        RowOperand<T> result = program.Results[0];
        return result.Slot < 0 ? (int)r.Push(new Code { Op = Opcode.Constant }, result.Number) : Moved(result.Slot, program.Base, slots);
    }

    private static int Moved(int slot, int first, int[] slots) => slot < first ? slot : slots[slot - first];
}
