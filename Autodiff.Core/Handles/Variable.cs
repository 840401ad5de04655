using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// A tensor on a tape: a handle of 16 bytes to contiguous, row-major numbers that do not change. A plain number converts to a 0-d
/// constant on no tape, a <see cref="Scalar{T}"/> to the 0-d variable that it is.
/// </summary>
/// <remarks>Using it after its tape was reset, rewound behind it or disposed, or together with one of another tape, is an
/// <see cref="InvalidOperationException"/>; so is using a default handle.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly unsafe struct Variable<T> : IReal<Variable<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Variable(Recording<T>? recording, long bits) => (Recording, Bits) = (recording, bits);

    internal Recording<T>? Recording { get; }

    internal long Bits { get; }

    /// <summary>The shape.</summary>
    public Shape Shape
    {
        get
        {
            if (Recording is { } r) return r.Shape(r.Step(Bits, "Shape"));
            Constants.Decode<T>(Bits, "Shape");
            return default;
        }
    }

    /// <summary>The number of elements.</summary>
    public int Size => Shape.Size;

    /// <summary>
    /// The elements, row-major, in the tape's own memory: good until the tape is reset or rewound, when the same memory is used again. Those of a
    /// 0-d variable are good until the next step is recorded.
    /// </summary>
    public ReadOnlySpan<T> Values
    {
        get
        {
            Recording<T> r = Recording ?? throw new InvalidOperationException("Values: a plain number is on no tape; needs a variable of a tape.");
            r.Row?.RequireUniform(Bits, "Values");
            int slot = r.Slot(Bits, "Values");
            return new ReadOnlySpan<T>(r.Value(slot), r.Size(slot));
        }
    }

    /// <summary>Whether it is a plain number on no tape.</summary>
    public bool IsConstant => Recording is null && Bits != 0;

    /// <summary>One element, as a scalar of the same tape: one small step. Negative indices count from the end.</summary>
    /// <exception cref="ArgumentException">The number of indices is not the rank, or one is out of range.</exception>
    public Scalar<T> this[params ReadOnlySpan<int> indices]
    {
        get
        {
            Recording<T> r = Recording ?? throw new InvalidOperationException("Element: a plain number is on no tape; needs a variable of a tape.");
            int slot = r.Slot(Bits, "Element");
            Shape shape = r.Shape(slot);
            if (indices.Length != shape.Rank)
                throw new ShapeException($"Element: {indices.Length} indices came, the shape is {shape}; needs {shape.Rank} indices.");
            int flat = 0;
            for (int i = 0; i < indices.Length; i++)
            {
                int length = shape.Lengths[i], index = indices[i] < 0 ? indices[i] + length : indices[i];
                if ((uint)index >= (uint)length)
                    throw new ArgumentOutOfRangeException(nameof(indices), $"Element: index {i} is {indices[i]}, the shape is {shape}; needs {-length} to {length - 1}.");
                flat = (flat * length) + index;
            }

            return shape.Rank == 0 ? new(r, Bits) : At(flat);
        }
    }

    /// <summary>A plain number as a 0-d constant.</summary>
    public static implicit operator Variable<T>(T value) => new(null, Constants.Encode(value));

    /// <summary>A scalar is a 0-d variable.</summary>
    public static implicit operator Variable<T>(Scalar<T> x) => new(x.Recording, x.Bits);

    /// <summary>a + b, with broadcasting.</summary>
    public static Variable<T> operator +(Variable<T> a, Variable<T> b) => Apply<Add>(a, b);

    /// <summary>a − b, with broadcasting.</summary>
    public static Variable<T> operator -(Variable<T> a, Variable<T> b) => Apply<Subtract>(a, b);

    /// <summary>a · b element by element, with broadcasting.</summary>
    public static Variable<T> operator *(Variable<T> a, Variable<T> b) => Apply<Multiply>(a, b);

    /// <summary>a / b element by element, with broadcasting.</summary>
    public static Variable<T> operator /(Variable<T> a, Variable<T> b) => Apply<Divide>(a, b);

    /// <summary>−x.</summary>
    public static Variable<T> operator -(Variable<T> x) => Apply<Negate>(x);

    /// <summary>The element at a place in row-major order.</summary>
    internal Scalar<T> At(int place)
    {
        Recording<T> r = Recording!;
        int slot = r.Slot(Bits, "Element");
        return new(r, r.Push(new Code { Op = Opcode.Element, A = slot, B = place }, r.Value(slot)[place]));
    }

    /// <summary>A 0-d variable as a scalar.</summary>
    /// <exception cref="ShapeException">It has axes.</exception>
    public Scalar<T> AsScalar() => Shape is { Rank: 0 }
        ? new(Recording, Bits)
        : throw new ShapeException($"AsScalar: the shape is {Shape}; needs a 0-d variable.");

    /// <summary>The elements and shape as a tensor span of System.Numerics.Tensors, without a copy; good as long as <see cref="Values"/>.</summary>
    public ReadOnlyTensorSpan<T> AsTensorSpan()
    {
        ReadOnlySpan<T> values = Values;
        Shape shape = Shape;
        Span<nint> lengths = stackalloc nint[shape.Rank];
        for (int i = 0; i < shape.Rank; i++) lengths[i] = shape.Lengths[i];
        return new ReadOnlyTensorSpan<T>(values, lengths);
    }

    /// <inheritdoc/>
    public static Variable<T> Of(double value) => T.CreateTruncating(value);

    /// <inheritdoc/>
    public static Variable<T> IfGreater(Variable<T> a, Variable<T> b, Variable<T> then, Variable<T> otherwise)
        => Apply<Where>(Apply<GreaterThan>(a, b), then, otherwise);

    /// <inheritdoc/>
    public static Variable<T> IfEqual(Variable<T> a, Variable<T> b, Variable<T> then, Variable<T> otherwise)
        => Apply<Where>(Apply<EqualTo>(a, b), then, otherwise);

    /// <summary>Records an op of one operand.</summary>
    public static Variable<T> Apply<TOp>(Variable<T> x) where TOp : struct, IUnary<TOp>
    {
        if (x.Recording is not { } r) return Scalar<T>.Apply<TOp>(new Scalar<T>(null, x.Bits));
        int slot = r.Slot(x.Bits, TOp.Name);
        return new(r, ElementwiseRule<Unary<TOp>, T>.Push(r, slot, slot, slot));
    }

    /// <summary>Records an op of two operands that broadcast.</summary>
    public static Variable<T> Apply<TOp>(Variable<T> a, Variable<T> b) where TOp : struct, IBinary<TOp>
    {
        Recording<T>? r = a.Recording ?? b.Recording;
        if (r is null || (IsSingle(a) && IsSingle(b))) return Scalar<T>.Apply<TOp>(new Scalar<T>(a.Recording, a.Bits), new Scalar<T>(b.Recording, b.Bits));
        int slotA = r.Materialise(a, TOp.Name), slotB = r.Materialise(b, TOp.Name);
        return new(r, ElementwiseRule<Binary<TOp>, T>.Push(r, slotA, slotB, slotA));
    }

    /// <summary>Records an op of three operands that broadcast.</summary>
    public static Variable<T> Apply<TOp>(Variable<T> a, Variable<T> b, Variable<T> c) where TOp : struct, ITernary<TOp>
    {
        Recording<T>? r = a.Recording ?? b.Recording ?? c.Recording;
        if (r is null) return Scalar<T>.Apply<TOp>(new Scalar<T>(null, a.Bits), new Scalar<T>(null, b.Bits), new Scalar<T>(null, c.Bits));
        int count = r.Count;
        try
        {
            int slotA = r.Materialise(a, TOp.Name), slotB = r.Materialise(b, TOp.Name), slotC = r.Materialise(c, TOp.Name);
            return new(r, ElementwiseRule<Ternary<TOp>, T>.Push(r, slotA, slotB, slotC));
        }
        catch
        {
            r.Truncate(count);   // the constants among the operands
            throw;
        }
    }

    /// <summary>Records an op on whole tensors.</summary>
    /// <exception cref="ShapeException">The op's shape rule refuses the operands; the tape is as it was.</exception>
    public static Variable<T> Apply<TOp>(TOp op, params ReadOnlySpan<Variable<T>> inputs) where TOp : unmanaged, IOperation<TOp>
    {
        Recording<T>? r = null;
        foreach (Variable<T> x in inputs) r ??= x.Recording;
        if (r is null) throw new InvalidOperationException($"{TOp.Name}: no operand is on a tape; needs at least one.");
        int[]? rented = inputs.Length <= 64 ? null : ArrayPool<int>.Shared.Rent(inputs.Length);
        Span<int> slots = rented is null ? stackalloc int[inputs.Length] : rented.AsSpan(0, inputs.Length);
        int count = r.Count;
        try
        {
            for (int i = 0; i < slots.Length; i++) slots[i] = r.Materialise(inputs[i], TOp.Name);
            return new(r, OperationRule<TOp, T>.Push(r, op, slots));
        }
        catch
        {
            r.Truncate(count);
            throw;
        }
        finally
        {
            if (rented is not null) ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Records an op whose result is its first operand's elements in another shape: nothing is copied.</summary>
    internal static Variable<T> Alias<TOp>(TOp op, Variable<T> x) where TOp : unmanaged, IOperation<TOp>
    {
        Recording<T> r = x.Recording ?? throw new InvalidOperationException($"{TOp.Name}: a plain number is on no tape; needs a variable of a tape.");
        return new(r, OperationRule<TOp, T>.Alias(r, op, r.Slot(x.Bits, TOp.Name)));
    }

    /// <summary>Keeps integers (indices, labels) with the recording, as an attribute of an operation on this variable.</summary>
    public IntegerList Store(ReadOnlySpan<int> integers)
    {
        IntegerList list = Reserve(integers.Length);
        integers.CopyTo(Recording!.Attributes.Integers(list.Start, list.Count));
        return list;
    }

    /// <summary>Room for integers that an operation's forward pass writes (where a maximum was).</summary>
    public IntegerList Reserve(int count)
    {
        Recording<T> r = Recording ?? throw new InvalidOperationException("Store: a plain number is on no tape; needs a variable of a tape.");
        return new IntegerList(r.Attributes.AddIntegers(count), count);
    }

    /// <summary>The shape, and the elements if they are few.</summary>
    public override string ToString()
        => IsConstant ? $"{Constants.Decode<T>(Bits, "ToString")}" : Size <= 16 ? $"{Shape} {{ {string.Join(", ", Values.ToArray())} }}" : $"{Shape}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSingle(Variable<T> x) => x.Recording is not { } r || !r.IsTensor(r.Step(x.Bits, "Variable"));
}
