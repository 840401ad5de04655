using System.Numerics;

namespace Autodiff;

/// <summary>
/// What an operation's vector–Jacobian product sees: its operands, its result and the cotangent ȳ as variables, to compute with by the same
/// operators and ops as any program.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
public readonly struct VjpStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Sweep<T>? plain;
    private readonly RecordedSweep<T>? recorded;
    private readonly int node;

    internal VjpStep(Sweep<T>? plain, RecordedSweep<T>? recorded, int node, Variable<T> cotangent)
        => (this.plain, this.recorded, this.node, Cotangent) = (plain, recorded, node, cotangent);

    /// <summary>ȳ, of the result's shape.</summary>
    public Variable<T> Cotangent { get; }

    /// <summary>The number of operands.</summary>
    public int Count => Recording.Nodes[node].OperandCount;

    /// <summary>y, if the op declares <see cref="Saved.Output"/>.</summary>
    public Variable<T> Output => new(Recording, Recording.Handle(Recording.Nodes[node].Slot));

    private Recording<T> Recording => plain?.Recording ?? recorded!.Recording;

    /// <summary>An operand, if the op declares it among what it saves.</summary>
    public Variable<T> this[int operand] => new(Recording, Recording.Handle(Slot(operand)));

    /// <summary>The shape of an operand.</summary>
    public Shape Shape(int operand) => Recording.Shape(Slot(operand));

    /// <summary>Whether a derivative by this operand is needed: if not, its part of the rule can be left out.</summary>
    public bool Wants(int operand) => plain is null ? recorded!.Wants(Slot(operand)) : Recording.Wanted(Slot(operand));

    /// <summary>
    /// Adds x̄ to the cotangent of an operand. Its shape may be the operand's, or one that broadcasts to it (it is repeated), or one that the operand
    /// broadcasts to (it is summed).
    /// </summary>
    public void Accumulate(int operand, Variable<T> xBar)
    {
        int slot = Slot(operand);
        if (!Wants(operand)) return;
        if (plain is null) recorded!.Accumulate(slot, xBar);
        else plain.Accumulate(slot, xBar);
    }

    /// <summary>
    /// The same where x̄ is the result of an operation: it is computed into the cotangent's own memory if the operation can add
    /// (<see cref="IOperation{TSelf}.Adds"/>).
    /// </summary>
    public void Accumulate<TOp>(int operand, TOp op, params ReadOnlySpan<Variable<T>> inputs) where TOp : unmanaged, IOperation<TOp>
    {
        if (!Wants(operand)) return;
        if (plain is null || !TOp.Adds || !plain.Add(Slot(operand), op, inputs)) Accumulate(operand, Variable<T>.Apply(op, inputs));
    }

    /// <summary>Integers that were stored or reserved with the recording.</summary>
    public ReadOnlySpan<int> Integers(IntegerList list) => Recording.Attributes.Integers(list.Start, list.Count);

    private int Slot(int operand) => Recording.Operands(Recording.Nodes[node])[operand];
}
