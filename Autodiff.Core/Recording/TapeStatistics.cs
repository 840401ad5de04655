using System.Numerics;

namespace Autodiff;

/// <summary>What a recording consists of and how much memory it needs. All but the steps are bytes.</summary>
/// <param name="Steps">Leaves, constants of tensors and operations, each one step.</param>
/// <param name="TensorSteps">Those of them that have a tensor.</param>
/// <param name="ValueBytes">The values of the steps, without parameters, which are read where they are, and without what a sweep has consumed.</param>
/// <param name="SavedBytes">The part of the values that derivatives read: the rest is there because handles may be asked for it.</param>
/// <param name="AdjointBytes">The adjoints that sweeps have left, until the tape is reset.</param>
/// <param name="PeakBytes">Tensors' values, temporaries and adjoints together at the worst moment since the last reset; rounded up to whole buffers.</param>
/// <param name="HeldBytes">All that the tape holds, used or kept for later (<see cref="Tape{T}.Bytes"/>).</param>
public readonly record struct TapeStatistics(int Steps, int TensorSteps, long ValueBytes, long SavedBytes, long AdjointBytes, long PeakBytes, long HeldBytes)
{
    internal static unsafe TapeStatistics Of<T>(Recording<T> r, long adjointBytes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long values = 0, saved = 0;
        int tensors = 0;
        var read = new HashSet<nint>();
        for (int slot = 0; slot < r.Count; slot++) MarkSaved(r, slot, read);
        for (int slot = 0; slot < r.Count; slot++)
        {
            if (r.IsTensor(slot)) tensors++;
            bool isOwn = !r.IsTensor(slot) || r.Nodes[r.Codes[slot].A] is { Value: null } or { Appended: true, Consumed: false };
            if (!isOwn) continue;
            values += (long)r.Size(slot) * sizeof(T);
            if (read.Contains((nint)r.Value(slot))) saved += (long)r.Size(slot) * sizeof(T);
        }

        return new(r.Count, tensors, values, saved, adjointBytes, r.Memory.PeakBytes, r.Memory.Bytes + r.StepBytes);
    }

    private static unsafe void MarkSaved<T>(Recording<T> r, int slot, HashSet<nint> read) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Code code = r.CodeAt(slot);
        if (code.Op is Opcode.Leaf or Opcode.Constant or Opcode.Element || (code.Op == Opcode.Tensor && r.Nodes[code.A].Rule == 0)) return;
        ReadOnlySpan<int> operands = code.Op == Opcode.Tensor ? r.Operands(r.Nodes[code.A]) : ScalarTable<T>.Rules[code.Op].Slots(r, slot);
        Saved saves = code.Op == Opcode.Tensor ? RuleTable<T>.Rules[r.Nodes[code.A].Rule].Saves : ScalarTable<T>.Rules[code.Op].Saves;
        for (int i = 0; i < operands.Length; i++)
            if (((int)saves & (1 << Math.Min(i, 29))) != 0) read.Add((nint)r.Value(operands[i]));
        if ((saves & Saved.Output) != 0) read.Add((nint)r.Value(slot));
    }
}
