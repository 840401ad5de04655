using System.Numerics;

namespace Autodiff;

/// <summary>
/// Makes instructions for lanes of recorded steps: dead steps go, steps that do not depend on the row stay on the tape, sums are accumulated in place, and
/// neighbours that are alike become runs.
/// </summary>
internal sealed unsafe class RowCompiler<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording<T> r;
    private readonly RowRecorder<T> recorder;
    private readonly Code[] codes;
    private readonly bool[] varies, live, active, reached;
    private readonly int[] uses, cells;
    private readonly int first, columns;
    private readonly RowDerivatives derivatives;
    private readonly Dictionary<int, int> uniforms = [];
    private readonly Dictionary<long, int> constants = [];   // by their bits: there are two zeros
    private readonly List<RowInstruction> instructions = [];
    private int cellCount;

    private RowCompiler(Recording<T> r, RowRecorder<T> recorder, Code[] codes, RowDerivatives derivatives)
    {
        (this.r, this.recorder, this.codes, this.derivatives, first, columns) = (r, recorder, codes, derivatives, recorder.Base, recorder.Columns);
        int n = codes.Length;
        (varies, live, active, reached, uses, cells) = (new bool[n], new bool[n], new bool[n], new bool[n], new int[n], new int[n]);
        for (int i = 0; i < n; i++) varies[i] = recorder.Varies(first + i);
    }

    /// <summary>Compiles what the recorder has just seen.</summary>
    public static RowProgram<T> Compile(Recording<T> r, RowRecorder<T> recorder, ReadOnlySpan<RowOperand<T>> results, RowDerivatives derivatives)
    {
        Code[] codes = new ReadOnlySpan<Code>(r.Codes + recorder.Base, r.Count - recorder.Base).ToArray();
        RowGuard<T>[] guards = recorder.Guards.ToArray();
        var compiler = new RowCompiler<T>(r, recorder, codes, derivatives);
        RowCode<T> main = compiler.Compile(results, true);
        RowCode<T>? test = guards.Length == 0 ? null
            : new RowCompiler<T>(r, recorder, codes, derivatives).Compile([.. guards.SelectMany(g => new[] { g.A, g.B })], false);
        int[] kept = Kept(r, recorder, codes, [.. main.Uniforms, .. test?.Uniforms ?? []]);
        return new()
        {
            Base = recorder.Base,
            Columns = recorder.Columns,
            Derivatives = derivatives,
            Codes = codes,
            Fields = [.. codes.Select(code => RowProgram<T>.FieldsOf(code.Op))],
            Results = results.ToArray(),
            Guards = guards,
            Kept = kept,
            Steps = [.. Enumerable.Range(recorder.Columns, codes.Length - recorder.Columns).Where(i => compiler.varies[i] && compiler.live[i])],
            Main = Moved(main, recorder.Base, kept),
            Test = test is null ? null : Moved(test, recorder.Base, kept),
        };
    }

    private RowCode<T> Compile(ReadOnlySpan<RowOperand<T>> results, bool pulls)
    {
        foreach (RowOperand<T> result in results)
            if (result.Slot >= first && varies[result.Slot - first]) (live[result.Slot - first], reached[result.Slot - first]) = (true, true);
        foreach (RowOperand<T> result in results)
            if (result.Slot >= first && varies[result.Slot - first]) uses[result.Slot - first]++;
        FindLive();
        FindActive();
        cellCount = columns;
        for (int i = 0; i < columns; i++) cells[i] = i;
        for (int i = columns; i < codes.Length; i++)
            if (live[i] && varies[i]) Add(i, pulls);
        int[] outputs = new int[results.Length];
        for (int i = 0; i < outputs.Length; i++) outputs[i] = Output(results[i], pulls);
        var numbers = new T[constants.Count];
        foreach ((long bits, int index) in constants) numbers[index] = Constants.Decode<T>(bits, "Constant");
        int[] slots = [.. uniforms.OrderBy(u => u.Value).Select(u => u.Key)];
        RowInstruction[] runs = [.. RowRuns.Merge(instructions)];

        // constants stand behind the uniform numbers, whose count is known only now
        RowRuns.Finish(runs, slots.Length);
        return new(runs, cellCount, slots, [.. slots.Select(IsActiveUniform)], numbers, outputs);
    }

    // backwards: what a live step reads is live; what a derivative comes by is reached
    private void FindLive()
    {
        for (int i = codes.Length - 1; i >= columns; i--)
        {
            if (!live[i] || !varies[i]) continue;
            int count = Recording<T>.SlotCount(codes[i].Op);
            bool flat = IsFlat(i);
            for (int k = 0; k < count; k++)
            {
                int j = Slot(codes[i], k) - first;
                if (j < 0) continue;
                live[j] = true;
                uses[j]++;
                reached[j] |= reached[i] && !flat;
            }
        }
    }

    private void FindActive()
    {
        for (int i = 0; i < codes.Length; i++)
        {
            if (!live[i] || !varies[i]) continue;
            if (i < columns) active[i] = derivatives != RowDerivatives.Tape;
            else if (!IsFlat(i))
                for (int k = Recording<T>.SlotCount(codes[i].Op) - 1; k >= 0; k--) active[i] |= IsActive(Slot(codes[i], k));
        }
    }

    private bool IsFlat(int i) => codes[i].Op >= Opcode.FirstRule && ScalarTable<T>.Rules[codes[i].Op].IsFlat;

    private void Add(int i, bool pulls)
    {
        Code code = codes[i];
        RowInstruction s = new() { Count = 1 };
        Operand a = OperandAt(code, 0), b = OperandAt(code, 1), c = OperandAt(code, 2);
        switch (code.Op)
        {
            case Opcode.MultiplyAdd or Opcode.MultiplySubtract or Opcode.FusedMultiplyAdd when a.IsCell || b.IsCell:
                (s.Op, s.Flags) = (RowOp.MultiplyAdd, code.Op == Opcode.MultiplySubtract ? RowFlags.Negative : 0);
                if (!a.IsCell) (a, b) = (b, a);
                break;
            case Opcode.Multiply or Opcode.MultiplyConstant:
                s.Op = RowOp.Multiply;
                if (!a.IsCell) (a, b) = (b, a);
                break;
            case Opcode.Add or Opcode.AddConstant:
                s.Op = RowOp.Add;
                if (!a.IsCell || (b.IsCell && CanReplace(b, a))) (a, b) = (b, a);
                break;
            case Opcode.Subtract or Opcode.SubtractFrom:
                s.Op = RowOp.Subtract;
                break;
            default:
                (s.Op, s.Rule) = (RowOp.Rule, code.Op);
                break;
        }

        bool isInPlace = s.Op switch
        {
            RowOp.MultiplyAdd => CanReplace(c, a) && c.Step != b.Step,
            RowOp.Add or RowOp.Subtract => CanReplace(a, b),
            _ => false,
        };
        cells[i] = isInPlace ? cells[s.Op == RowOp.MultiplyAdd ? c.Step : a.Step] : cellCount++;
        s.D = cells[i];
        bool pull = pulls && active[i] && reached[i];
        s.Flags |= Flag(a, 0, pull) | Flag(b, 1, pull) | Flag(c, 2, pull) | (isInPlace ? RowFlags.InPlace : 0);
        (s.A, s.B, s.C) = (a.Index, b.Index, c.Index);
        instructions.Add(s);
    }

    // a sum may take over the cell of an operand that nobody else reads, unless that operand's own rule needs its value
    private bool CanReplace(in Operand sum, in Operand other)
        => sum.IsCell && sum.Step >= columns && uses[sum.Step] == 1 && sum.Step != other.Step && (ScalarTable<T>.Rules[codes[sum.Step].Op].Saves & Saved.Output) == 0;

    private int Output(RowOperand<T> result, bool pulls)
    {
        Operand x = At(result);
        if (x.IsCell) return x.Index;
        instructions.Add(new() { Op = RowOp.Rule, Rule = ScalarStep<Unary<Identity>, AllSlots, T>.Number, Count = 1, D = cellCount, A = x.Index, Flags = Flag(x, 0, pulls) });
        return cellCount++;
    }

    private readonly record struct Operand(bool Exists, bool IsCell, int Step, int Index, bool IsActive);

    private static RowFlags Flag(in Operand x, int place, bool pull)
        => !x.Exists ? 0 : (x.IsCell ? (RowFlags)((int)RowFlags.CellA << place) : 0) | (pull && x.IsActive ? (RowFlags)((int)RowFlags.BarA << place) : 0);

    // the operand of the formula, which may be the constant in the step
    private Operand OperandAt(in Code code, int place)
    {
        int constant = ScalarTable<T>.Rules[code.Op].ConstantOperand;
        if (constant == place) return At(new RowOperand<T>(-1, Code.Constant<T>(code)));
        int slot = constant >= 0 && place > constant ? place - 1 : place;
        if (constant == 0 && place == 1) slot = 0;
        return slot < Recording<T>.SlotCount(code.Op) ? At(new RowOperand<T>(Slot(code, slot), T.Zero)) : default;
    }

    private Operand At(RowOperand<T> x)
    {
        int step = x.Slot - first;
        if (x.Slot >= 0 && step >= 0 && varies[step]) return new(true, true, step, cells[step], active[step]);
        if (x.Slot >= 0)
        {
            if (!uniforms.TryGetValue(x.Slot, out int index)) uniforms.Add(x.Slot, index = uniforms.Count);
            return new(true, false, -1, index, IsActiveUniform(x.Slot));
        }

        long bits = Constants.Encode(x.Number);
        if (!constants.TryGetValue(bits, out int number)) constants.Add(bits, number = constants.Count);
        return new(true, false, -1, ~number, false);
    }

    private bool IsActive(int slot) => slot >= first && varies[slot - first] ? active[slot - first] : IsActiveUniform(slot);

    private bool IsActiveUniform(int slot) => derivatives != RowDerivatives.Row && (slot < first ? r.Wanted(slot) : codes[slot - first].Op != Opcode.Constant);

    private static int Slot(in Code code, int k) => k == 0 ? code.A : k == 1 ? code.B : code.C;

    // the uniform steps of the recording that are needed, with what they are made of
    private static int[] Kept(Recording<T> r, RowRecorder<T> recorder, Code[] codes, int[] uniforms)
    {
        var needed = new bool[codes.Length];
        foreach (int slot in uniforms)
            if (slot >= recorder.Base) needed[slot - recorder.Base] = true;
        for (int i = codes.Length - 1; i >= 0; i--)
        {
            for (int k = needed[i] ? Recording<T>.SlotCount(codes[i].Op) - 1 : -1; k >= 0; k--)
                if (Slot(codes[i], k) is int slot && slot >= recorder.Base) needed[slot - recorder.Base] = true;
        }

        return [.. Enumerable.Range(0, codes.Length).Where(i => needed[i])];
    }

    // kept steps stand one after the other from the base on
    private static RowCode<T> Moved(RowCode<T> code, int first, int[] kept)
        => code.Over([.. code.Uniforms.Select(slot => slot < first ? slot : first + Array.BinarySearch(kept, slot - first))]);
}
