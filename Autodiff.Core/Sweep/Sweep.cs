using System.Numerics;

namespace Autodiff;

/// <summary>
/// The reverse sweep in which nothing is recorded: from the output's slot down, each step adds to the adjoints of its operands.
/// Accumulation, un-broadcasting and the release of what is used up are here and nowhere else.
/// </summary>
internal sealed unsafe class Sweep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostInputs = 4;
    private Adjoints<T> adjoints = null!;
    private T* scalars;
    private int firstTemporary;

    // the cotangent that is being pulled back, while its buffer may go on to an operand
    private T* movable;
    private int movedFrom;

    // the sweep through steps that a rule of this one records again
    private Sweep<T>? within;

    public Sweep(Recording<T> recording) => Recording = recording;

    public Recording<T> Recording { get; }

    /// <summary>The adjoints of the scalars.</summary>
    public T* Scalars => scalars;

    /// <summary>Sweeps from a slot whose cotangent is already in <paramref name="into"/> down to a slot; buffers of nodes in <paramref name="keep"/> stay,
    /// the values of all others that are no leaves are given up behind the sweep if it is to consume.</summary>
    public void Run(Adjoints<T> into, int from, int to, ReadOnlySpan<int> keep, bool consume)
    {
        Recording<T> r = Recording;
        adjoints = into;
        scalars = into.Scalars;
        firstTemporary = r.NodeCount;
        int count = r.Count;
        for (int slot = from; (slot = ScalarSweep<T>.Run(r, scalars, into.Spare, slot, to)) >= to; slot--)
        {
            Code code = r.Codes[slot];
            if (code.Op == Opcode.Element) Adjoint(code.A, false, out _)[code.B] += scalars[slot];
            else
            {
                PullTensor(code.A, keep);
                if (consume && !IsKept(keep, code.A)) r.Consume(code.A);
            }
        }

        adjoints = null!;
        scalars = null;
        System.Diagnostics.Debug.Assert(count == r.Count, "a sweep leaves the recording as it was");
    }

    /// <summary>Pulls a cotangent back through the steps from a slot on, which are recorded for this alone, to what stands before them.</summary>
    public void PullThrough(int output, int floor, T* yBar, int size)
    {
        Recording<T> r = Recording;
        T first = size > 0 ? *yBar : T.Zero;   // it may lie among the adjoints, which may move
        adjoints.Extend(floor, r.Count);
        if (r.IsTensor(output) && r.Nodes[r.Codes[output].A].Value is not null)
        {
            T* buffer = r.Memory.Take(size);
            new ReadOnlySpan<T>(yBar, size).CopyTo(new Span<T>(buffer, size));
            adjoints.Set(r.Codes[output].A, buffer);
        }
        else adjoints.Scalars[output] = first;

        within ??= new Sweep<T>(r);
        within.Run(adjoints, output, floor, [], false);
        scalars = adjoints.Scalars;
    }

    /// <summary>
    /// The adjoint of a slot, to be added to. If there was none it is cleared, unless the caller stores to every element
    /// (<paramref name="fresh"/> then says that it must).
    /// </summary>
    public T* Adjoint(int slot, bool willBeStored, out bool fresh)
    {
        Recording<T> r = Recording;
        fresh = false;
        if (!r.IsTensor(slot)) return scalars + slot;
        int node = r.Codes[slot].A, size = r.Nodes[node].Size;
        if (r.Nodes[node].Value is null) return scalars + slot;
        T* buffer = adjoints.Tensor(node);
        if (buffer is null)
        {
            buffer = r.Memory.Take(size);
            adjoints.Set(node, buffer);
            fresh = willBeStored;
            if (!fresh) new Span<T>(buffer, size).Clear();
        }

        return buffer;
    }

    /// <summary>
    /// Adds a rule's result to the cotangent of a slot, whatever it has to be broadcast or summed over. The first one is moved in
    /// if it is a temporary of the right size, or the result's own cotangent, which nobody needs afterwards.
    /// </summary>
    public void Accumulate(int slot, Variable<T> bar)
    {
        Recording<T> r = Recording;
        int from = r.Materialise(bar, "Accumulate");
        if (r.IsTensor(from) && r.IsTensor(slot) && r.Nodes[r.Codes[slot].A].Value is not null)
        {
            int node = r.Codes[slot].A, temporary = r.Codes[from].A;
            if (r.Nodes[temporary].Value == movable && r.Nodes[temporary].Shape == r.Nodes[node].Shape && adjoints.Tensor(node) is null)
            {
                adjoints.Set(node, movable);
                adjoints.MoveOut(movedFrom);
                movable = null;
                return;
            }

            if (r.Nodes[temporary].Owned && r.Nodes[temporary].Shape == r.Nodes[node].Shape && adjoints.Tensor(node) is null)
            {
                adjoints.Set(node, r.Nodes[temporary].Value);
                r.Nodes[temporary].Owned = false;
                return;
            }
        }

        // x̄ += bar · 1, read backwards through a broadcast: sums where x is smaller, repeats where it is larger
        Shape shape = r.Shape(slot), barShape = r.Shape(from), wide = Shape.Broadcast("Accumulate", shape, barShape);
        if (wide != shape && wide != barShape)
            throw new ShapeException($"Accumulate: the cotangent is {barShape}, the operand {shape}; needs one that broadcasts to the other.");
        bool repeats = wide != barShape;
        Unshare(slot);
        Broadcasting plan = new(repeats ? shape : barShape, repeats ? barShape : shape, default, default);
        T* xBar = Adjoint(slot, willBeStored: barShape == shape && plan.InnerStride(0) == 1, out bool fresh);   // of one element the sum is added
        if (repeats) AddRepeated(plan, r.Value(from), xBar);
        else Loops<Unary<Identity>, T>.Pull<OperandA>(plan, xBar, xBar, xBar, r.Value(from), r.Value(from), xBar, fresh, whole: shape == barShape);
    }

    /// <summary>Computes an operation into the cotangent of a slot, if there is one already, of the result's shape.</summary>
    public bool Add<TOp>(int slot, TOp op, ReadOnlySpan<Variable<T>> inputs) where TOp : unmanaged, IOperation<TOp>
    {
        Recording<T> r = Recording;
        if (!r.IsTensor(slot) || adjoints.Tensor(r.Codes[slot].A) is null || inputs.Length > MostInputs) return false;
        Span<int> slots = stackalloc int[inputs.Length];
        FewShapes few = default;
        Span<Shape> shapes = few;
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = r.Materialise(inputs[i], TOp.Name);
            shapes[i] = r.Shape(slots[i]);
        }

        if (op.Shape(shapes[..slots.Length]) != r.Shape(slot)) return false;
        Unshare(slot);
        (int steps, int nodes) = (r.Count, r.NodeCount);
        int target = r.PushNode(r.Shape(slot), 0, adjoints.Tensor(r.Codes[slot].A));
        op.Forward(new ForwardStep<T>(r, slots, target, adds: true));
        r.DropTemporaries(steps, nodes, r.Attributes.Length);
        return true;
    }

    // numbers that were moved in may still be read by the rule that made them: then add to a copy
    private void Unshare(int slot)
    {
        Recording<T> r = Recording;
        T* buffer = r.IsTensor(slot) ? adjoints.Tensor(r.Codes[slot].A) : null;
        if (buffer is null) return;
        for (int i = firstTemporary; i < r.NodeCount; i++)
        {
            if (r.Nodes[i].Value != buffer) continue;
            T* copy = r.Memory.Take(r.Nodes[i].Size);
            new ReadOnlySpan<T>(buffer, r.Nodes[i].Size).CopyTo(new Span<T>(copy, r.Nodes[i].Size));
            adjoints.Set(r.Codes[slot].A, copy);
            r.Nodes[i].Owned = true;
            return;
        }
    }

    private static void AddRepeated(in Broadcasting plan, T* bar, T* xBar)
    {
        Broadcasting.Counter row = default;
        for (int k = 0; k < plan.Rows; k++, row.Next(plan), xBar += plan.Inner)
        {
            RowOf<T> operands = new() { A = xBar, StrideA = 1, B = bar + row.Offset(0), StrideB = plan.InnerStride(0) };
            Loops<Binary<Add>, T>.MapRow(operands, xBar, plan.Inner);
        }
    }

    private void PullTensor(int node, ReadOnlySpan<int> keep)
    {
        Recording<T> r = Recording;
        ref Node<T> n = ref r.Nodes[node];
        if (n.Rule == 0) return;
        bool single = n.Value is null;
        T* yBar = single ? scalars + n.Slot : adjoints.Tensor(node);
        if (yBar is null || (single && *yBar == T.Zero)) return;
        if (r.HasConsumed) RequireValues(n);
        bool kept = single || IsKept(keep, node);
        movable = kept ? null : yBar;
        movedFrom = node;
        if (n.Wanted) RuleTable<T>.Rules[n.Rule].Pull(this, node, yBar);
        if (!kept && !adjoints.WasReleased(node)) adjoints.Release(node);
    }

    // a few numbers: the runtime's vectorised search would have to be compiled first
    private static bool IsKept(ReadOnlySpan<int> keep, int node)
    {
        foreach (int kept in keep)
            if (kept == node) return true;
        return false;
    }

    // what is left of a recording after a sweep that consumed can be swept, what it gave up cannot
    private void RequireValues(in Node<T> n)
    {
        Recording.RequireValue(n.Slot, "Backward");
        foreach (int operand in Recording.Operands(n)) Recording.RequireValue(operand, "Backward");
    }

    [System.Runtime.CompilerServices.InlineArray(MostInputs)]
    private struct FewShapes
    {
        private Shape first;
    }
}
