using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The attributes, operand lists and integer lists of a recording: one growing array of bytes, in steps of 8.</summary>
internal struct Attributes
{
    private byte[] bytes;

    /// <summary>How much is used; set back by a rewind.</summary>
    public int Length { get; set; }

    /// <summary>Stores a struct; the result finds it again.</summary>
    public int Add<TValue>(in TValue value) where TValue : unmanaged
    {
        int at = Reserve(Unsafe.SizeOf<TValue>());
        Unsafe.WriteUnaligned(ref bytes[at], value);
        return at;
    }

    /// <summary>Makes room for integers.</summary>
    public int AddIntegers(int count) => Reserve(checked(count * sizeof(int)));

    /// <summary>A stored struct.</summary>
    public readonly TValue Get<TValue>(int at) where TValue : unmanaged => Unsafe.ReadUnaligned<TValue>(ref bytes[at]);

    /// <summary>Stored integers.</summary>
    public readonly Span<int> Integers(int at, int count)
        => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes.AsSpan(at, count * sizeof(int)));

    private int Reserve(int size)
    {
        int at = Length, end = checked(at + ((size + 7) & ~7) + 8);
        if (bytes is null || end > bytes.Length)
            Array.Resize(ref bytes, Math.Max(end, Math.Max(4096, (int)Math.Min(2L * (bytes?.Length ?? 0), Array.MaxLength))));
        Length = end - 8;
        return at;
    }
}

/// <summary>A list of integers kept by the recording (indices of a gather, the places of maxima): an attribute of an operation.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Count">How many integers.</param>
public readonly record struct IntegerList(int Start, int Count);
