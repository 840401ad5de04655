using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// All memory of a tape: pinned managed arrays, so that a span held too long shows old numbers but never freed memory. Values are laid
/// one after the other and given up by position; temporaries and adjoints come from free lists by size. Every buffer begins at a
/// multiple of 64 bytes and is followed by at least 64 bytes that may be read.
/// </summary>
internal sealed unsafe class TapeMemory<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Classes = 256;
    private static int Line => 64 / sizeof(T);

    private readonly List<(T[] Array, nint Start, long Length)> chunks = [];
    private readonly List<T[]> buffers = [];
    private readonly nint[] free = new nint[Classes];
    private int chunk;
    private long offset;
    private long before, taken, givenUp, peak;
    private nint spare;
    private long spareLength;

    /// <summary>Where the next value goes.</summary>
    public (int Chunk, long Offset) Position
    {
        get => (chunk, offset);
        set
        {
            (chunk, offset) = value;
            before = 0;
            for (int i = 0; i < chunk; i++) before += chunks[i].Length;
            if (givenUp > 0) TakeBack();
            if (before + offset == 0) peak = taken;
        }
    }

    /// <summary>The bytes of values, temporaries and adjoints at the worst moment since the last reset.</summary>
    public long PeakBytes => peak * sizeof(T);

    /// <summary>The bytes of temporaries and adjoints in use.</summary>
    public long TakenBytes => (taken + givenUp) * sizeof(T);

    /// <summary>The bytes that the tape holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>A place for a value, until the position is set back.</summary>
    public T* Append(int count)
    {
        Class(count, out long length);
        while (chunk < chunks.Count && offset + length > chunks[chunk].Length)
        {
            before += chunks[chunk].Length;
            (chunk, offset) = (chunk + 1, 0);
        }

        if (chunk == chunks.Count) chunks.Add(New(Math.Max(length, NextChunk())));
        T* place = (T*)chunks[chunk].Start + offset;
        offset += length;
        if (before + offset + taken > peak) peak = before + offset + taken;
        return place;
    }

    /// <summary>A buffer until <see cref="Give"/>; its contents are arbitrary.</summary>
    public T* Take(int count)
    {
        int c = Class(count, out long length);
        taken += length;
        if (before + offset + taken > peak) peak = before + offset + taken;
        nint first = free[c];
        if (first != 0)
        {
            free[c] = *(nint*)first;
            return (T*)first;
        }

        if (spareLength < length)
        {
            (T[] array, nint start, long all) = New(Math.Max(length, 1 << 14));
            buffers.Add(array);
            (spare, spareLength) = (start, all);
        }

        T* place = (T*)spare;
        spare += (nint)(length * sizeof(T));
        spareLength -= length;
        return place;
    }

    /// <summary>Hands a buffer of <see cref="Take"/> back.</summary>
    public void Give(T* buffer, int count)
    {
        int c = Class(count, out long length);
        taken -= length;
        *(nint*)buffer = free[c];
        free[c] = (nint)buffer;
    }

    /// <summary>Lends the memory of a value, which nobody reads any more, to temporaries, until the position is set back.</summary>
    public void GiveUp(T* value, int count)
    {
        int c = Class(count, out long length);
        (taken, givenUp) = (taken - length, givenUp + length);
        *(nint*)value = free[c];
        free[c] = (nint)value;
    }

    // lent places behind the position are values' again; all of them are in the free lists by now
    private void TakeBack()
    {
        for (int c = 0; c < Classes; c++)
        {
            nint kept = 0;
            for (nint place = free[c]; place != 0; place = *(nint*)place)
            {
                if (!IsBehindPosition(place)) kept = place;
                else
                {
                    (taken, givenUp) = (taken + Length(c), givenUp - Length(c));
                    if (kept == 0) free[c] = *(nint*)place;
                    else *(nint*)kept = *(nint*)place;
                }
            }
        }
    }

    private bool IsBehindPosition(nint place)
    {
        for (int i = chunk; i < chunks.Count; i++)
        {
            nint from = chunks[i].Start, end = from + (nint)(chunks[i].Length * sizeof(T));
            if (i == chunk) from += (nint)(offset * sizeof(T));
            if (place >= from && place < end) return true;
        }

        return false;
    }

    private long NextChunk() => Math.Min(1L << 24, (1L << 14) << Math.Min(chunks.Count, 10));

    /// <summary>
    /// Eight sizes an octave, so that at most a ninth of a place is left unused, and one line after the numbers: kernels may read, not write, past the end.
    /// </summary>
    private static int Class(int count, out long length)
    {
        long lines = Math.Max(1, ((long)count + Line - 1) / Line);
        if (lines <= 16)
        {
            length = (lines + 1) * Line;
            return (int)lines;
        }

        int octave = BitOperations.Log2((ulong)(lines - 1)) - 3;
        long eighths = (lines + (1L << octave) - 1) >> octave;
        int c = (octave * 8) + (int)eighths;
        length = Length(c);
        return c;
    }

    // the elements of a place
    private static long Length(int c)
    {
        int octave = Math.Max(0, (c - 9) / 8);
        return (((long)(c - (octave * 8)) << octave) + 1) * Line;
    }

    private (T[] Array, nint Start, long Length) New(long length)
    {
        if (length > Array.MaxLength - Line) throw new InsufficientMemoryException($"Tape: a tensor of {length} elements came; needs fewer than {Array.MaxLength - Line}.");
        T[] array = GC.AllocateUninitializedArray<T>((int)length + Line, pinned: true);
        Bytes += (long)array.Length * sizeof(T);
        nint start = ((nint)Unsafe.AsPointer(ref array[0]) + 63) & ~63;
        return (array, start, length);
    }
}
