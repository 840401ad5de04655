using System.Numerics;

namespace Autodiff;

/// <summary>What an operation's forward pass sees: spans in, a span out.</summary>
/// <typeparam name="T">The number type.</typeparam>
public readonly unsafe ref struct ForwardStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording<T> recording;
    private readonly ReadOnlySpan<int> slots;
    private readonly int node;

    internal ForwardStep(Recording<T> recording, ReadOnlySpan<int> slots, int node, bool adds = false)
    {
        this.recording = recording;
        Adds = adds;
        this.slots = slots;
        this.node = node;
    }

    /// <summary>The number of operands.</summary>
    public int Count => slots.Length;

    /// <summary>The elements of an operand, row-major.</summary>
    public ReadOnlySpan<T> this[int operand] => new(recording.Value(slots[operand]), recording.Size(slots[operand]));

    /// <summary>Whether the result is to be added to <see cref="Output"/>; only an operation that says it can (<see cref="IOperation{TSelf}.Adds"/>) meets this.</summary>
    public bool Adds { get; }

    /// <summary>The result's elements, to be written, every one; their old contents are arbitrary unless <see cref="Adds"/>.</summary>
    public Span<T> Output => new(recording.Value(recording.Nodes[node].Slot), recording.Nodes[node].Size);

    /// <summary>The result's shape, as the shape rule said.</summary>
    public Shape OutputShape => recording.Nodes[node].Shape;

    /// <summary>The shape of an operand.</summary>
    public Shape Shape(int operand) => recording.Shape(slots[operand]);

    /// <summary>Integers that were stored or reserved with the recording.</summary>
    public Span<int> Integers(IntegerList list) => recording.Attributes.Integers(list.Start, list.Count);
}
