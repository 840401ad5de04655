using System.Numerics;

namespace Autodiff;

/// <summary>An elementwise op over tensors: its loops in the plain sweep, its formula over variables in the recorded one.</summary>
internal sealed unsafe class ElementwiseRule<E, T> : Rule<T>
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Id = RuleTable<T>.Add(new ElementwiseRule<E, T>());

    public override string Name => E.Name;

    public override Saved Saves => E.Saves;

    /// <summary>Records y = f(a, b, c); operands beyond the op's arity repeat a.</summary>
    public static long Push(Recording<T> r, int a, int b, int c)
    {
        Shape shape = r.Shape(a);
        if (E.Arity > 1) shape = Shape.Broadcast(E.Name, shape, r.Shape(b));
        if (E.Arity > 2) shape = Shape.Broadcast(E.Name, shape, r.Shape(c));
        if (shape.Rank == 0) return ScalarStep<E, AllSlots, T>.Push(r, a, b, c);
        int node = r.PushNode(shape, r.Paused ? 0 : Id);
        ReadOnlySpan<int> slots = [a, b, c];
        r.SetOperands(node, slots[..E.Arity]);
        int size = r.Nodes[node].Size;
        if (AreAlike(r, size, a, b, c)) Loops<E, T>.Map(size, r.Value(a), r.Value(b), r.Value(c), r.Nodes[node].Value);
        else Loops<E, T>.Map(Plan(r, shape, a, b, c), r.Value(a), r.Value(b), r.Value(c), r.Nodes[node].Value);
        return r.Handle(r.Count - 1);
    }

    public override void Pull(Sweep<T> sweep, int node, T* yBar)
    {
        Recording<T> r = sweep.Recording;
        Node<T> n = r.Nodes[node];
        ReadOnlySpan<int> slots = r.Operands(n);
        int a = slots[0], b = E.Arity > 1 ? slots[1] : a, c = E.Arity > 2 ? slots[2] : a;
        if (AreAlike(r, n.Size, a, b, c))
        {
            if (r.Wanted(a) && !Flat<E, OperandA>.IsZero) Pull<OperandA>(sweep, n, yBar, a, a, b, c);
            if (E.Arity > 1 && r.Wanted(b) && !Flat<E, OperandB>.IsZero) Pull<OperandB>(sweep, n, yBar, b, a, b, c);
            if (E.Arity > 2 && r.Wanted(c) && !Flat<E, OperandC>.IsZero) Pull<OperandC>(sweep, n, yBar, c, a, b, c);
            return;
        }

        Broadcasting plan = Plan(r, n.Shape, a, b, c);
        if (r.Wanted(a) && !Flat<E, OperandA>.IsZero) Pull<OperandA>(sweep, plan, n, yBar, a, a, b, c);
        if (E.Arity > 1 && r.Wanted(b) && !Flat<E, OperandB>.IsZero) Pull<OperandB>(sweep, plan, n, yBar, b, a, b, c);
        if (E.Arity > 2 && r.Wanted(c) && !Flat<E, OperandC>.IsZero) Pull<OperandC>(sweep, plan, n, yBar, c, a, b, c);
    }

    public override void Record(RecordedSweep<T> sweep, int node, Variable<T> yBar)
    {
        Recording<T> r = sweep.Recording;
        Node<T> n = r.Nodes[node];
        ReadOnlySpan<int> slots = r.Operands(n);
        int slotA = slots[0], slotB = E.Arity > 1 ? slots[1] : slotA, slotC = E.Arity > 2 ? slots[2] : slotA;
        Variable<T> a = sweep.Variable(slotA), b = sweep.Variable(slotB), c = sweep.Variable(slotC), y = sweep.Variable(n.Slot);
        if (sweep.Wants(slotA)) sweep.Contribute(slotA, yBar, E.Partial<Variable<T>, OperandA>(a, b, c, y), Flat<E, OperandA>.IsZero);
        if (E.Arity > 1 && sweep.Wants(slotB)) sweep.Contribute(slotB, yBar, E.Partial<Variable<T>, OperandB>(a, b, c, y), Flat<E, OperandB>.IsZero);
        if (E.Arity > 2 && sweep.Wants(slotC)) sweep.Contribute(slotC, yBar, E.Partial<Variable<T>, OperandC>(a, b, c, y), Flat<E, OperandC>.IsZero);
    }

    // equal sizes are equal shapes here, but for axes of length 1, which make no difference
    private static bool AreAlike(Recording<T> r, int size, int a, int b, int c)
        => r.Size(a) == size && (E.Arity < 2 || r.Size(b) == size) && (E.Arity < 3 || r.Size(c) == size);

    private static Broadcasting Plan(Recording<T> r, in Shape y, int a, int b, int c)
        => new(y, r.Shape(a), E.Arity > 1 ? r.Shape(b) : default, E.Arity > 2 ? r.Shape(c) : default);

    private static void Pull<K>(Sweep<T> sweep, in Node<T> n, T* yBar, int slot, int a, int b, int c) where K : struct, IOperand
    {
        Recording<T> r = sweep.Recording;
        T* xBar = sweep.Adjoint(slot, willBeStored: true, out bool fresh);
        Loops<E, T>.Pull<K>(n.Size, r.Value(a), r.Value(b), r.Value(c), n.Value, yBar, xBar, fresh);
    }

    private static void Pull<K>(Sweep<T> sweep, in Broadcasting plan, in Node<T> n, T* yBar, int slot, int a, int b, int c) where K : struct, IOperand
    {
        Recording<T> r = sweep.Recording;
        bool whole = r.Size(slot) == n.Size;
        T* xBar = sweep.Adjoint(slot, willBeStored: whole && plan.InnerStride(K.Index) == 1, out bool fresh);
        Loops<E, T>.Pull<K>(plan, r.Value(a), r.Value(b), r.Value(c), n.Value, yBar, xBar, fresh, whole);
    }
}
