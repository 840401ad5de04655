using System.Numerics;

namespace Autodiff;

/// <summary>What a step is, looked at from outside.</summary>
internal sealed unsafe partial class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] integers = [];
    private T[] numbers = [];
    private Scalar<T>[] constants = [];

    public ReadOnlySpan<int> Operands(in Node<T> node) => Attributes.Integers(node.Operands, node.OperandCount);

    /// <summary>The slots that a step reads.</summary>
    public ReadOnlySpan<int> Operands(int slot) => Codes[slot].Op switch
    {
        Opcode.Leaf or Opcode.Constant => default,
        Opcode.Element => new(ref Codes[slot].A),
        Opcode.Tensor => Operands(Nodes[Codes[slot].A]),
        int op => ScalarTable<T>.Rules[op].Slots(this, slot),
    };

    public Code CodeAt(int slot) => Codes[slot];

    /// <summary>The value of a step without axes.</summary>
    public T ScalarAt(int slot) => Values[slot];

    /// <summary>How many of a step's A, B, C are slots.</summary>
    public static int SlotCount(int op) => op switch
    {
        Opcode.Leaf or Opcode.Constant or Opcode.Tensor => 0,
        Opcode.Element => 1,
        _ => ScalarTable<T>.Rules[op].SlotCount,
    };

    /// <summary>Whether a step has a constant in the place of B and C.</summary>
    public static bool HasConstant(int op) => op >= Opcode.FirstRule && ScalarTable<T>.Rules[op].ConstantOperand >= 0;

    public bool IsTensor(int slot) => Codes[slot].Op == Opcode.Tensor;

    public bool Wanted(int slot) => Codes[slot].Op switch
    {
        Opcode.Constant => false,
        Opcode.Tensor => Nodes[Codes[slot].A].Wanted,
        Opcode.Element => Nodes[Codes[Codes[slot].A].A].Wanted,
        _ => true,
    };

    public Shape Shape(int slot) => IsTensor(slot) ? Nodes[Codes[slot].A].Shape : default;

    /// <summary>Where the elements of a slot's value are; until the next scalar step if it is a single number.</summary>
    public T* Value(int slot)
    {
        if (!IsTensor(slot)) return Values + slot;
        T* value = Nodes[Codes[slot].A].Value;
        return value is null ? Values + slot : value;
    }

    public int Size(int slot) => IsTensor(slot) ? Nodes[Codes[slot].A].Size : 1;

    /// <summary>The name of what a step does, for messages and listings.</summary>
    public string Name(int slot) => Codes[slot].Op switch
    {
        Opcode.Leaf => "Variable",
        Opcode.Constant => "Constant",
        Opcode.Element => "Element",
        Opcode.Tensor when Nodes[Codes[slot].A].Rule == 0 => Nodes[Codes[slot].A].Wanted ? "Variable" : "Constant",
        Opcode.Tensor => RuleTable<T>.Rules[Nodes[Codes[slot].A].Rule].Name,
        int op => ScalarTable<T>.Rules[op].Name,
    };

    /// <summary>Refuses the use of a value that a sweep has given up.</summary>
    public void RequireValue(int slot, string op)
    {
        if (IsTensor(slot) && Nodes[Codes[slot].A].Consumed)
            throw new InvalidOperationException($"{op}: the result of {Name(slot)} was given up by Backward(…, consume: true); needs a new recording, or a sweep that does not consume.");
    }

    /// <summary>Room for integers that are needed for a moment.</summary>
    public Span<int> Scratch(int count)
    {
        if (integers.Length < count) integers = new int[Math.Max(64, 2 * count)];
        return integers.AsSpan(0, count);
    }

    /// <summary>Room for numbers that are needed for a moment.</summary>
    public Span<T> ScratchNumbers(int count)
    {
        if (numbers.Length < count) numbers = new T[Math.Max(64, 2 * count)];
        return numbers.AsSpan(0, count);
    }

    /// <summary>Plain numbers as scalars; good until the next call.</summary>
    public ReadOnlySpan<Scalar<T>> AsScalars(ReadOnlySpan<T> x)
    {
        if (constants.Length < x.Length) constants = new Scalar<T>[Math.Max(64, 2 * x.Length)];
        for (int i = 0; i < x.Length; i++) constants[i] = x[i];
        return constants.AsSpan(0, x.Length);
    }

    /// <summary>first, first + 1, …; good until the next such call.</summary>
    public ReadOnlySpan<int> Range(int first, int count)
    {
        Span<int> range = Scratch(count);
        for (int i = 0; i < count; i++) range[i] = first + i;
        return range;
    }
}
