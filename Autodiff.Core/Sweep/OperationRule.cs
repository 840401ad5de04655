using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>An op on whole tensors: one VJP over variables serves both sweeps.</summary>
internal sealed unsafe class OperationRule<TOp, T> : Rule<T>
    where TOp : unmanaged, IOperation<TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Id = RuleTable<T>.Add(new OperationRule<TOp, T>());

    public override string Name => TOp.Name;

    public override Saved Saves => TOp.Saves;

    public static long Push(Recording<T> r, in TOp op, ReadOnlySpan<int> slots)
    {
        if (slots.Length <= FewShapes.Count)
        {
            FewShapes few = default;
            return Push(r, op, slots, ((Span<Shape>)few)[..slots.Length]);
        }

        Shape[] rented = ArrayPool<Shape>.Shared.Rent(slots.Length);
        try { return Push(r, op, slots, rented.AsSpan(0, slots.Length)); }
        finally { ArrayPool<Shape>.Shared.Return(rented); }
    }

    /// <summary>Records an op whose result has its operand's elements: they are read where they are, if both are tensors.</summary>
    public static long Alias(Recording<T> r, in TOp op, int slot)
    {
        Shape from = r.Shape(slot), shape = op.Shape(new ReadOnlySpan<Shape>(in from));
        if (from.Rank == 0 || shape.Rank == 0) return Push(r, op, [slot]);
        int node = r.PushNode(shape, r.Paused ? 0 : Id, r.Value(slot));
        r.SetOperands(node, [slot]);
        if (!r.Paused) r.Nodes[node].Attributes = r.Attributes.Add(op);
        return r.Handle(r.Count - 1);
    }

    public override void Pull(Sweep<T> sweep, int node, T* yBar)
    {
        Recording<T> r = sweep.Recording;
        (int steps, int nodes, int attributes) = (r.Count, r.NodeCount, r.Attributes.Length);
        r.Paused = true;
        try { r.Attributes.Get<TOp>(r.Nodes[node].Attributes).Vjp(new VjpStep<T>(sweep, null, node, r.Borrow(node, yBar))); }
        finally
        {
            r.DropTemporaries(steps, nodes, attributes);
            r.Paused = false;
        }
    }

    public override void Record(RecordedSweep<T> sweep, int node, Variable<T> yBar)
        => sweep.Recording.Attributes.Get<TOp>(sweep.Recording.Nodes[node].Attributes).Vjp(new VjpStep<T>(null, sweep, node, yBar));

    public override string Describe(Recording<T> recording, int node)
        => recording.Attributes.Get<TOp>(recording.Nodes[node].Attributes).ToString() ?? "";

    private static long Push(Recording<T> r, in TOp op, ReadOnlySpan<int> slots, Span<Shape> shapes)
    {
        for (int i = 0; i < slots.Length; i++) shapes[i] = r.Shape(slots[i]);
        Shape shape = op.Shape(shapes);
        (int steps, int nodes, int attributes, (int, long) memory) = (r.Count, r.NodeCount, r.Attributes.Length, r.Memory.Position);
        int node = r.PushNode(shape, r.Paused ? 0 : Id);
        try
        {
            r.SetOperands(node, slots);
            if (!r.Paused) r.Nodes[node].Attributes = r.Attributes.Add(op);
            op.Forward(new ForwardStep<T>(r, slots, node));
        }
        catch
        {
            r.DropTemporaries(steps, nodes, attributes);
            r.Memory.Position = memory;
            throw;
        }

        return r.Handle(steps);
    }

    [InlineArray(Count)]
    private struct FewShapes
    {
        public const int Count = 4;
        private Shape first;
    }
}
