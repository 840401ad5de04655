using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// The recording of a tape: one stream of steps for scalars and tensors, the order of recording being the order of computation.
/// Codes and values of scalars stand in arrays of their own; what a tensor step needs more is in its node.
/// </summary>
internal sealed unsafe partial class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Spare = 16;   // kernels may read, not write, past the last value
    private Code[] codes = [];
    private T[] values = [];
    private int capacity;

    public Recording(Tape<T> tape)
    {
        Tape = tape;
        Grow();
    }

    public Tape<T> Tape { get; }

    public TapeMemory<T> Memory { get; } = new();

    public Checkpoints<T> Checkpoints { get; } = new();

    public Attributes Attributes;

    public Generations Generations;

    public Code* Codes;

    public T* Values;

    public int Count;

    public Node<T>[] Nodes = new Node<T>[64];

    public int NodeCount;

    public bool IsDisposed;

    /// <summary>As many steps as an array can hold.</summary>
    public static int MostSteps => Array.MaxLength - Spare;

    /// <summary>The most steps that there may be.</summary>
    public int MaxSteps { get; init; } = MostSteps;

    /// <summary>The bytes of codes and scalar values, used or not.</summary>
    public long StepBytes => (long)capacity * (sizeof(Code) + sizeof(T));

    /// <summary>Whether a sweep has given up values.</summary>
    public bool HasConsumed;

    /// <summary>Set while a plain sweep runs a rule: steps are computed, not remembered, and take temporary buffers.</summary>
    public bool Paused;

    /// <summary>Appends a scalar step with its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Push(in Code code, T value)
    {
        int slot = Count;
        if (slot >= capacity) Grow();
        Codes[slot] = code;
        Values[slot] = value;
        Count = slot + 1;
        return Handle(slot);
    }

    /// <summary>Appends a tensor step without operands; the caller fills its value.</summary>
    public int PushNode(in Shape shape, int rule, T* value = null, bool owned = false)
    {
        if (Row is not null) RequireNoRow(rule > 0 ? RuleTable<T>.Rules[rule].Name : "Variable");
        int index = NodeCount;
        if (index == Nodes.Length) Array.Resize(ref Nodes, 2 * index);
        bool appended = value is null && shape.Rank > 0 && !Paused;
        if (value is null && shape.Rank > 0)
        {
            value = Paused ? Memory.Take(shape.Size) : Memory.Append(shape.Size);
            owned = Paused;
        }

        Push(new Code { Op = Opcode.Tensor, A = index }, T.Zero);
        Nodes[index] = new Node<T> { Rule = rule, Slot = Count - 1, Size = shape.Size, Value = value, Owned = owned, Appended = appended, Shape = shape };
        NodeCount = index + 1;
        return index;
    }

    /// <summary>Stores the operands of a node and finds whether a derivative flows into it.</summary>
    public void SetOperands(int node, ReadOnlySpan<int> slots)
    {
        if (Paused) return;
        int at = Attributes.AddIntegers(slots.Length);
        slots.CopyTo(Attributes.Integers(at, slots.Length));
        bool wanted = false;
        foreach (int slot in slots) wanted |= Wanted(slot);
        ref Node<T> n = ref Nodes[node];
        (n.Operands, n.OperandCount, n.Wanted) = (at, slots.Length, wanted);
    }

    /// <summary>A temporary handle of numbers that stay somebody else's: a cotangent, given to a rule.</summary>
    public Variable<T> Borrow(int node, T* numbers)
    {
        if (Nodes[node].Value is null) return new(this, Push(new Code { Op = Opcode.Constant }, *numbers));
        PushNode(Nodes[node].Shape, 0, numbers);
        return new(this, Handle(Count - 1));
    }

    /// <summary>The slot of a variable; a plain constant gets one.</summary>
    public int Materialise(Variable<T> x, string op)
    {
        if (x.Recording == this) return Slot(x.Bits, op);
        if (x.Recording is null) return (int)Push(new Code { Op = Opcode.Constant }, Constants.Decode<T>(x.Bits, op));
        throw new InvalidOperationException($"{op}: the operands are of two tapes; needs operands of one tape.");
    }

    /// <summary>Takes back everything recorded since; temporary buffers go to the free lists.</summary>
    public void DropTemporaries(int count, int nodeCount, int attributes)
    {
        for (int i = nodeCount; i < NodeCount; i++)
            if (Nodes[i].Owned) Memory.Give(Nodes[i].Value, Nodes[i].Size);
        (NodeCount, Attributes.Length) = (nodeCount, attributes);
        Truncate(count);
    }

    /// <summary>Forgets the steps from a slot on.</summary>
    public void Truncate(int count)
    {
        Count = count;
        products.Truncate(count);
    }

    /// <summary>From now on handles are looked at more closely: a sweep is about to give up values.</summary>
    public void BeginConsuming()
    {
        HasConsumed = true;
        BeginGeneration(Count);
    }

    /// <summary>Gives up the value of a step that no rule will read any more.</summary>
    public void Consume(int node)
    {
        ref Node<T> n = ref Nodes[node];
        if (n.Value is null || n.IsLeaf || n.Rule == 0 || n.Consumed) return;
        if (n.Appended) Memory.GiveUp(n.Value, n.Size);
        n.Consumed = true;
    }

    public void Rewind(in TapeMark mark)
    {
        (NodeCount, Attributes.Length, Memory.Position) = (mark.Nodes, mark.Attributes, mark.Memory);
        Truncate(mark.Steps);
        Checkpoints.Truncate(mark.Attributes);
        HasConsumed &= mark.Steps > 0;
        BeginGeneration(mark.Steps);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        if (IsDisposed) ThrowStale("Tape");
        if (capacity >= MaxSteps) throw new InsufficientMemoryException($"Tape: {capacity} steps are recorded; needs fewer (use Mark and Rewind, or Reset).");
        int grown = (int)Math.Min(Math.Max(1024, 2L * capacity), MaxSteps);
        Code[] newCodes;
        T[] newValues;
        try
        {
            newCodes = GC.AllocateUninitializedArray<Code>(grown, pinned: true);
            newValues = GC.AllocateUninitializedArray<T>(grown + Spare, pinned: true);
        }
        catch (OutOfMemoryException e)
        {
            throw new InsufficientMemoryException($"Tape: no memory for {grown} steps, {(long)grown * (sizeof(Code) + sizeof(T))} bytes; needs fewer (use Mark and Rewind, or Reset).", e);
        }

        Array.Copy(codes, newCodes, Count);
        Array.Copy(values, newValues, Count);
        (codes, values, capacity) = (newCodes, newValues, grown);
        Codes = (Code*)Unsafe.AsPointer(ref codes[0]);
        Values = (T*)Unsafe.AsPointer(ref values[0]);
    }
}
