using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>
/// A recording of a computation on numbers and tensors, and the owner of all its memory. Make variables, compute with them, ask for gradients;
/// <see cref="Reset"/> and record again: a steady loop allocates nothing on the managed heap.
/// </summary>
/// <remarks>One tape belongs to one thread at a time; many tapes work side by side and may read the same <see cref="Parameter{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class Tape<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] One = [T.One];
    private static readonly bool AlgebraIsEntered = AlgebraSteps.Enter<T>();
    private readonly Sweeps<T> sweeps;

    /// <summary>An empty tape.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Tape()
        : this(Recording<T>.MostSteps)
    {
    }

    /// <summary>An empty tape of so many steps at most.</summary>
    internal Tape(int maxSteps)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Tape: the number type is {typeof(T).Name}; needs float or double.");
        if (!AlgebraIsEntered) throw new NotSupportedException("Tape: the steps of the algebra have lost their numbers.");
        Recording = new Recording<T>(this) { MaxSteps = maxSteps };
        sweeps = new Sweeps<T>(Recording);
    }

    /// <summary>The number of steps recorded: leaves, constants of tensors and operations.</summary>
    public int Count => Recording.Count;

    /// <summary>The bytes that the tape holds for steps, values, adjoints and temporaries, used or kept for later.</summary>
    public long Bytes => Recording.Memory.Bytes + Recording.StepBytes;

    /// <summary>What the recording consists of and how much memory it needs; counted when asked.</summary>
    public TapeStatistics Statistics => TapeStatistics.Of(Recording, sweeps.AdjointBytes);

    internal Recording<T> Recording { get; }

    internal Leaves<T> Leaves { get; } = new();

    /// <summary>A number to differentiate by.</summary>
    public Scalar<T> Variable(T value) => new(Live, Recording.Push(new Code { Op = Opcode.Leaf }, value));

    /// <summary>A tensor to differentiate by; the values, row-major, are copied.</summary>
    /// <exception cref="ShapeException">There are more or fewer values than the shape has elements.</exception>
    public Variable<T> Variable(ReadOnlySpan<T> values, Shape shape) => Leaf("Variable", values, shape, true);

    /// <summary>A matrix to differentiate by.</summary>
    public Variable<T> Variable(T[,] values) => Leaf("Variable", Flat(values), [values.GetLength(0), values.GetLength(1)], true);

    /// <summary>A tensor of System.Numerics.Tensors to differentiate by; its elements are copied.</summary>
    public Variable<T> Variable(ReadOnlyTensorSpan<T> values) => Leaf(values, true);

    /// <summary>A parameter, read in place; asking again gives the same leaf.</summary>
    public Variable<T> Variable(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Recording<T> r = Live;
        int slot = Leaves.Find(parameter);
        if (slot < 0)
        {
            if (parameter.Shape.Rank == 0) r.Push(new Code { Op = Opcode.Leaf }, parameter.Values[0]);
            else
            {
                int index = r.PushNode(parameter.Shape, 0, parameter.Pointer);
                ref Node<T> node = ref r.Nodes[index];
                (node.Wanted, node.IsLeaf) = (true, true);
            }

            slot = r.Count - 1;
            Leaves.Add(parameter, slot);
        }

        return new(r, r.Handle(slot));
    }

    /// <summary>A number that is not differentiated by; it is on no tape.</summary>
    public Scalar<T> Constant(T value) => value;

    /// <summary>A tensor that is not differentiated by; the values, row-major, are copied.</summary>
    /// <exception cref="ShapeException">There are more or fewer values than the shape has elements.</exception>
    public Variable<T> Constant(ReadOnlySpan<T> values, Shape shape) => Leaf("Constant", values, shape, false);

    /// <summary>A matrix that is not differentiated by.</summary>
    public Variable<T> Constant(T[,] values) => Leaf("Constant", Flat(values), [values.GetLength(0), values.GetLength(1)], false);

    /// <summary>A tensor of System.Numerics.Tensors that is not differentiated by; its elements are copied.</summary>
    public Variable<T> Constant(ReadOnlyTensorSpan<T> values) => Leaf(values, false);

    /// <summary>
    /// The gradients of y by everything it depends on; the recording stays and can be swept again. Nothing is recorded.
    /// </summary>
    /// <param name="y">The output.</param>
    /// <param name="cotangent">ȳ: the gradients are those of ȳ·y. 1 if left out.</param>
    /// <param name="consume">
    /// Gives up the values of intermediate tensors as the sweep passes them, for the least memory: they can be neither read nor used nor swept again.
    /// Scalars, leaves, constants and gradients stay.
    /// </param>
    public Gradients<T> Backward(Scalar<T> y, T? cotangent = null, bool consume = false) => Backward(y, cotangent, [], consume);

    /// <summary>The same; the cotangents of the tensors in <paramref name="keep"/> are kept, too.</summary>
    public Gradients<T> Backward(Scalar<T> y, ReadOnlySpan<Variable<T>> keep, bool consume = false) => Backward(y, null, keep, consume);

    /// <summary>The same with a cotangent and tensors to keep.</summary>
    public Gradients<T> Backward(Scalar<T> y, T? cotangent, ReadOnlySpan<Variable<T>> keep, bool consume = false)
    {
        T bar = cotangent ?? T.One;
        return new Gradients<T>(this, sweeps.Backward(Slot(y, "Backward"), new ReadOnlySpan<T>(in bar), keep, consume));
    }

    /// <summary>The vector–Jacobian product of a tensor: the gradients of ⟨ȳ, y⟩.</summary>
    /// <param name="y">The output.</param>
    /// <param name="cotangent">ȳ, row-major, one number for each element of y; may be left out if y is a single number.</param>
    /// <param name="keep">Intermediate tensors whose cotangents (and, by a sweep that consumes, values) are kept.</param>
    /// <param name="consume">Gives up the values of the other intermediate tensors as the sweep passes them.</param>
    /// <exception cref="InvalidOperationException">y has more elements than one and no cotangent came.</exception>
    public Gradients<T> Backward(Variable<T> y, ReadOnlySpan<T> cotangent = default, ReadOnlySpan<Variable<T>> keep = default, bool consume = false)
    {
        int slot = Slot(y, "Backward");
        if (cotangent.IsEmpty && Recording.Size(slot) == 1) cotangent = One;
        if (cotangent.IsEmpty && Recording.Size(slot) > 1)
            throw new InvalidOperationException($"Backward: the output is {Recording.Shape(slot)} and no cotangent came; needs one number for each element, or a scalar output.");
        if (cotangent.Length != Recording.Size(slot))
            throw new ShapeException($"Backward: the cotangent has {cotangent.Length} numbers, the output is {Recording.Shape(slot)}; needs {Recording.Size(slot)}.");
        return new Gradients<T>(this, sweeps.Backward(slot, cotangent, keep, consume));
    }

    /// <summary>∂y/∂x as a scalar of the tape, which can be differentiated again: to any order.</summary>
    public Scalar<T> Gradient(Scalar<T> y, Scalar<T> x) => sweeps.Gradient(y, x, T.One).AsScalar();

    /// <summary>∂y/∂x as a variable of the tape, of x's shape.</summary>
    public Variable<T> Gradient(Scalar<T> y, Variable<T> x) => sweeps.Gradient(y, x, T.One);

    /// <summary>∂y/∂x for several x in one sweep.</summary>
    public Variable<T>[] Gradient(Scalar<T> y, ReadOnlySpan<Variable<T>> x) => sweeps.Gradient(y, x, T.One);

    /// <summary>The vector–Jacobian product ȳᵀ·∂y/∂x, recorded; ȳ may itself be a variable, so that its derivative is the Jacobian–vector product.</summary>
    /// <exception cref="ShapeException">ȳ has not the shape of y.</exception>
    public Variable<T> Gradient(Variable<T> y, Variable<T> x, Variable<T> cotangent) => sweeps.Gradient(y, x, cotangent);

    /// <summary>The recorded vector–Jacobian products for several x in one sweep.</summary>
    public Variable<T>[] Gradient(Variable<T> y, ReadOnlySpan<Variable<T>> x, Variable<T> cotangent) => sweeps.Gradient(y, x, cotangent);

    /// <summary>This place in the recording, to come back to.</summary>
    public TapeMark Mark()
    {
        Recording<T> r = Live;
        r.Seal();
        return new TapeMark(r, r.Generations.Current, r.Count, r.NodeCount, r.Attributes.Length, sweeps.Count, Leaves.Count, r.Memory.Position);
    }

    /// <summary>Drops what was recorded since the mark, with the gradients of sweeps since then; handles from before stay good.</summary>
    /// <exception cref="InvalidOperationException">The mark is of another tape, or the tape went back behind it.</exception>
    public void Rewind(TapeMark mark)
    {
        Recording<T> r = Live;
        if (mark.Recording is null) throw new InvalidOperationException("Rewind: the mark is a default one; needs one from this tape's Mark.");
        if (mark.Recording != r) throw new InvalidOperationException("Rewind: the mark is of another tape; needs one from this tape's Mark.");
        if (mark.Steps < r.Checkpoints.Floor) throw new InvalidOperationException("Rewind: called inside the function of a checkpoint, to a place before it; needs a mark of its own, or a call outside.");
        if (!r.Generations.IsAlive(mark.Steps - 1, mark.Generation) && mark.Steps > 0 || mark.Steps > r.Count)
            throw new InvalidOperationException("Rewind: the tape was reset or rewound behind the mark; needs a mark of this recording.");
        sweeps.Truncate(mark.Sweeps, mark.Nodes);
        Leaves.Truncate(mark.Parameters);
        r.Rewind(mark);
    }

    /// <summary>Drops the whole recording and all gradients; the memory is kept for the next one. Handles from before are refused.</summary>
    public void Reset()
    {
        Recording<T> r = Live;
        if (r.Checkpoints.IsRunning) throw new InvalidOperationException("Reset: called inside the function of a checkpoint; needs a call outside.");
        Rewind(new TapeMark(r, r.Generations.Current, 0, 0, 0, 0, 0, (0, 0)));
    }

    /// <summary>Drops everything. Handles are refused from now on.</summary>
    public void Dispose()
    {
        if (Recording.IsDisposed) return;
        Reset();
        Recording.IsDisposed = true;
    }

    /// <summary>The recording as text, a line a step: slot, operation, operands, shape.</summary>
    public override string ToString() => Listing.Of(Recording);

    private Recording<T> Live
    {
        get
        {
            if (Recording.IsDisposed) Recording.ThrowStale("Tape");
            if (Recording.Row is not null) Recording.RequireNoRow("Tape");
            return Recording;
        }
    }

    private static ReadOnlySpan<T> Flat(T[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref values[0, 0], values.Length);
    }

    private int Slot(Variable<T> y, string op)
    {
        if (y.Recording is null) throw Constants.NoVariable(y.Bits, op, "output");
        if (y.Recording != Recording) throw new InvalidOperationException($"{op}: the output is of another tape; needs one of this tape.");
        return Recording.Slot(y.Bits, op);
    }

    private Variable<T> Leaf(string name, ReadOnlySpan<T> values, in Shape shape, bool wanted)
    {
        Recording<T> r = Live;
        if (values.Length != shape.Size) throw new ShapeException($"{name}: {values.Length} values came, the shape is {shape}; needs {shape.Size} values.");
        if (shape.Rank == 0) return new(r, r.Push(new Code { Op = wanted ? Opcode.Leaf : Opcode.Constant }, values[0]));
        int index = r.PushNode(shape, 0);
        ref Node<T> node = ref r.Nodes[index]; // read after the push, which may grow the array
        values.CopyTo(new Span<T>(node.Value, node.Size));
        (node.Wanted, node.IsLeaf) = (wanted, true);
        return new(r, r.Handle(node.Slot));
    }

    private Variable<T> Leaf(in ReadOnlyTensorSpan<T> values, bool wanted)
    {
        Span<int> lengths = stackalloc int[values.Rank];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = checked((int)values.Lengths[i]);
        Shape shape = lengths;
        Recording<T> r = Live;
        if (shape.Rank == 0) return Leaf("Variable", [values[ReadOnlySpan<nint>.Empty]], shape, wanted);
        int index = r.PushNode(shape, 0);
        ref Node<T> node = ref r.Nodes[index]; // read after the push, which may grow the array
        values.FlattenTo(new Span<T>(node.Value, node.Size));
        (node.Wanted, node.IsLeaf) = (wanted, true);
        return new(r, r.Handle(node.Slot));
    }
}
