using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The attributes, operand lists and integer lists of a recording: one growing array of bytes, in steps of 8.</summary>
internal unsafe struct Attributes
{
    private byte[] bytes;

    /// <summary>Where they begin; until the next one is added. They are pinned.</summary>
    public byte* Start { get; private set; }

    /// <summary>How much is used; set back by a rewind.</summary>
    public int Length { get; set; }

    /// <summary>Stores a struct; the result finds it again.</summary>
    public int Add<TValue>(in TValue value) where TValue : unmanaged
    {
        int at = Reserve(Unsafe.SizeOf<TValue>());
        Unsafe.WriteUnaligned(ref bytes[at], value);
        return at;
    }

    /// <summary>Stores a list.</summary>
    public int Add<TValue>(ReadOnlySpan<TValue> values) where TValue : unmanaged
    {
        if (values.Length > Array.MaxLength / sizeof(TValue)) throw new InsufficientMemoryException($"Tape: a list of {values.Length} operands came; needs at most {Array.MaxLength / sizeof(TValue)}.");
        int at = Reserve(values.Length * sizeof(TValue));
        values.CopyTo(new Span<TValue>(Start + at, values.Length));
        return at;
    }

    /// <summary>Stores a list.</summary>
    public int Add<TValue>(Span<TValue> values) where TValue : unmanaged => Add((ReadOnlySpan<TValue>)values);

    /// <summary>Makes room for integers.</summary>
    public int AddIntegers(int count) => count <= Array.MaxLength / sizeof(int) ? Reserve(count * sizeof(int)) : throw new InsufficientMemoryException($"Tape: a list of {count} integers came; needs at most {Array.MaxLength / sizeof(int)}.");

    /// <summary>A stored struct.</summary>
    public readonly TValue Get<TValue>(int at) where TValue : unmanaged => Unsafe.ReadUnaligned<TValue>(ref bytes[at]);

    /// <summary>Stored integers.</summary>
    public readonly Span<int> Integers(int at, int count)
        => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes.AsSpan(at, count * sizeof(int)));

    private int Reserve(int size)
    {
        int at = Length;
        long end = at + (((long)size + 7) & ~7L) + 8;
        if (bytes is null || end > bytes.Length) Grow(end);
        Length = (int)(end - 8);
        return at;
    }

    private void Grow(long end)
    {
        if (end > Array.MaxLength) throw new InsufficientMemoryException($"Tape: {end} bytes of attributes and operand lists came; needs at most {Array.MaxLength} (use Mark and Rewind, or Reset).");
        byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Max(end, Math.Max(4096, Math.Min(2L * (bytes?.Length ?? 0), Array.MaxLength))), pinned: true);
        bytes?.AsSpan(0, Length).CopyTo(grown);
        bytes = grown;
        Start = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref grown[0]);
    }
}

/// <summary>A list of integers kept by the recording (indices of a gather, the places of maxima): an attribute of an operation.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Count">How many integers.</param>
public readonly record struct IntegerList(int Start, int Count);
