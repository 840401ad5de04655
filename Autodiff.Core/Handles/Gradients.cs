using System.Numerics;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>
/// The cotangents that a sweep leaves: of every scalar, of every leaf, and of the tensors that were asked to be kept. They live until the tape is reset
/// (or rewound behind the sweep); several can be alive at once.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly unsafe struct Gradients<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] Nothing = new T[1];
    private readonly Tape<T>? tape;
    private readonly Adjoints<T> adjoints;
    private readonly int version;

    internal Gradients(Tape<T> tape, Adjoints<T> adjoints) => (this.tape, this.adjoints, version) = (tape, adjoints, adjoints.Version);

    /// <summary>∂y/∂x of a scalar; 0 if y does not depend on it.</summary>
    /// <exception cref="InvalidOperationException">It is a constant, or of another tape, or the tape was reset.</exception>
    public T this[Scalar<T> x]
    {
        get
        {
            Recording<T> r = Checked(x.Recording, x.Bits);
            if (r.IsGood(x.Bits) && r.Codes[(int)x.Bits].Op != Opcode.Constant) return Scalar((int)x.Bits);
            (int slot, bool negated, int again) = r.AdjointOf(x.Bits, "Gradients");
            if (r.Codes[slot].Op == Opcode.Constant) throw Constant();
            T bar = negated ? -Scalar(slot) : Scalar(slot);
            return again < 0 ? bar : bar + Scalar(again);
        }
    }

    /// <summary>x̄ of a leaf or a kept tensor, with x's shape, row-major; zeros if y does not depend on it.</summary>
    /// <exception cref="InvalidOperationException">It is a constant, an intermediate tensor that was not kept, or of another tape, or the tape was reset.</exception>
    public ReadOnlySpan<T> this[Variable<T> x]
    {
        get
        {
            Recording<T> r = Checked(x.Recording, x.Bits);
            if (r.AdjointOf(x.Bits, "Gradients") is (int slot, false, -1)) return Of(r, slot);
            throw new InvalidOperationException("Gradients: the operand is a product of scalars that a sum has taken up; needs the scalar itself, or a tensor.");
        }
    }

    /// <summary>x̄ of a parameter, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tape was not asked for this parameter.</exception>
    public ReadOnlySpan<T> this[Parameter<T> parameter]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(parameter);
            Recording<T> r = Checked(tape?.Recording, 0);
            return tape!.Leaves.Find(parameter) is int slot and >= 0
                ? Of(r, slot)
                : throw new InvalidOperationException($"Gradients: the parameter {parameter} is not on the tape; needs tape.Variable(parameter) in the recording.");
        }
    }

    /// <summary>How many parameters the tape was asked for, if their cotangents may be changed.</summary>
    internal int Parameters(string op)
    {
        if (tape is null) throw new InvalidOperationException($"{op}: the gradients are a default handle; needs the result of Backward.");
        if (adjoints.Version != version) throw new InvalidOperationException($"{op}: the tape was reset or rewound since the sweep; needs a new sweep.");
        if (adjoints.IsOpen) throw new InvalidOperationException($"{op}: the gradients are not complete; needs what Complete gives back.");
        return tape.Leaves.Count;
    }

    /// <summary>The cotangent of one of them, to be changed in place; empty if it came after the sweep.</summary>
    internal Span<T> OfParameter(int index)
    {
        ReadOnlySpan<T> bar = this[tape!.Leaves[index]];
        return bar.Overlaps(Nothing) ? default : MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bar), bar.Length);
    }

    /// <summary>The adjoints that terms are added to, if this is such a sum of the tape, and not complete.</summary>
    internal Adjoints<T> Open(Tape<T> of, string op)
    {
        if (tape is null) throw new InvalidOperationException($"{op}: the gradients are a default handle; needs the result of Accumulate.");
        if (tape != of) throw new InvalidOperationException($"{op}: the gradients are of another tape; needs those of this tape's Accumulate.");
        if (adjoints.Version != version) throw new InvalidOperationException($"{op}: the tape was reset or rewound behind the gradients; needs new ones from Accumulate, made before the mark.");
        return adjoints.IsOpen ? adjoints : throw new InvalidOperationException($"{op}: the gradients are complete; needs new ones from Accumulate.");
    }

    private T Scalar(int slot) => slot < adjoints.Slots ? adjoints.Scalars[slot] : T.Zero;

    private static InvalidOperationException Constant() => new("Gradients: the operand is a constant; needs a variable.");

    private ReadOnlySpan<T> Of(Recording<T> r, int slot)
    {
        if (!r.IsTensor(slot) || r.Nodes[r.Codes[slot].A].Value is null)
        {
            if (r.Codes[slot].Op == Opcode.Constant) throw Constant();
            if (slot < adjoints.Slots) return new ReadOnlySpan<T>(adjoints.Scalars + slot, 1);
            return Nothing;
        }

        int node = r.Codes[slot].A;
        Node<T> n = r.Nodes[node];
        if (!n.Wanted) throw Constant();
        T* bar = adjoints.Tensor(node);
        if (bar is null && n.IsLeaf)
        {
            bar = r.Memory.Take(n.Size);
            new Span<T>(bar, n.Size).Clear();
            adjoints.Set(node, bar);
        }

        if (bar is null || adjoints.WasReleased(node))
            throw new InvalidOperationException($"Gradients: the result of {r.Name(slot)}, {n.Shape}, is intermediate and its gradient was not kept; needs Backward(…, keep: [x]).");
        return new ReadOnlySpan<T>(bar, n.Size);
    }

    private Recording<T> Checked(Recording<T>? recording, long bits)
    {
        if (tape is null) throw new InvalidOperationException("Gradients: a default handle; needs the result of Backward.");
        if (recording is null) throw Constants.NoVariable(bits, "Gradients", "operand");
        if (recording != tape.Recording) throw new InvalidOperationException("Gradients: the operand is of another tape; needs one of the tape that was swept.");
        if (adjoints.Version != version) throw new InvalidOperationException("Gradients: the tape was reset or rewound since the sweep; needs a new sweep.");
        return recording;
    }
}
