using System.Numerics;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>
/// A step of which only the result is kept: the sweep records its function once more behind everything else, pulls the result's cotangent back through those steps
/// to what was there before, and drops them.
/// </summary>
/// <remarks>Operands: the argument, if there is one, and everything that the function read.</remarks>
internal sealed unsafe class CheckpointRule<T> : Rule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Id = RuleTable<T>.Add(new CheckpointRule<T>());

    public override string Name => "Checkpoint";

    public override Saved Saves => Saved.Inputs | Saved.Output;

    /// <summary>Records the step; its value is filled in by the caller.</summary>
    public static int Push(Recording<T> r, Delegate function, bool hasArgument, in Shape shape, ReadOnlySpan<int> operands)
    {
        int node = r.PushNode(shape, Id);
        r.SetOperands(node, operands);
        int place = r.Attributes.Length;
        r.Nodes[node].Attributes = r.Attributes.Add(new CheckpointStep(r.Checkpoints.Add(function, place), hasArgument));
        return node;
    }

    public override void Pull(Sweep<T> sweep, int node, T* yBar)
    {
        Recording<T> r = sweep.Recording;
        TapeMark mark = r.Tape.Mark();
        try
        {
            int output = Again(r, node);
            sweep.PullThrough(output, mark.Steps, yBar, r.Nodes[node].Size);
        }
        finally { r.Tape.Rewind(mark); }
    }

    public override void Record(RecordedSweep<T> sweep, int node, Variable<T> yBar)
    {
        Recording<T> r = sweep.Recording;
        int floor = r.Count, output = Again(r, node), count = 0;
        ReadOnlySpan<int> operands = r.Operands(r.Nodes[node]);
        var targets = new int[operands.Length];
        foreach (int operand in operands)
            if (sweep.Wants(operand) && !targets.AsSpan(0, count).Contains(operand)) targets[count++] = operand;
        var bars = new Variable<T>[count];
        new RecordedSweep<T>(r).Run([(output, yBar)], floor, targets.AsSpan(0, count), bars);
        for (int i = 0; i < count; i++)
            if (!RecordedSweep<T>.IsNone(bars[i])) sweep.Accumulate(targets[i], bars[i]);
    }

    // the function once more: the slot of its result, which must have the same bits
    private static int Again(Recording<T> r, int node)
    {
        CheckpointStep step = r.Attributes.Get<CheckpointStep>(r.Nodes[node].Attributes);
        int floor = r.Count;
        r.Seal();
        int slot = r.Checkpoints.Invoke(r, step.Function, r.Nodes[node].Slot, step.HasArgument ? r.Operands(r.Nodes[node])[0] : -1);
        Node<T> n = r.Nodes[node];
        int at = n.Slot;
        if (slot < floor || r.Shape(slot) != n.Shape
            || !MemoryMarshal.AsBytes(new ReadOnlySpan<T>(r.Value(slot), n.Size)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(r.Value(at), n.Size))))
            throw new InvalidOperationException("Checkpoint: the function gave another result when a sweep ran it again; needs the same numbers every time (parameters and all else that it reads unchanged since, random numbers from a generator made inside, of a fixed seed).");
        return slot;
    }
}
