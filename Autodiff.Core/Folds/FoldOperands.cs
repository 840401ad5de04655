using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>How the operands of a fold lie on the tape: one slot after the other (the first is enough), or anywhere (a list of slots).</summary>
internal static unsafe class FoldOperands<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The recording of the first scalar that has one; null if all are plain numbers.</summary>
    public static Recording<T>? RecordingOf(ReadOnlySpan<Scalar<T>> x)
    {
        foreach (Scalar<T> scalar in x)
            if (scalar.Recording is { } r) return r;
        return null;
    }

    /// <summary>The first slot, if the operands were recorded one directly after the other, else −1: then <paramref name="slots"/> has been filled.</summary>
    public static int Find(Recording<T> r, ReadOnlySpan<Scalar<T>> x, Span<int> slots, string op)
    {
        if (AreConsecutive(r, x))
        {
            if (!r.IsGood(x[^1].Bits)) r.Step(x[^1].Bits, op);   // the last one is there: so are those before it
            return (int)x[0].Bits;
        }

        for (int i = 0; i < x.Length; i++) slots[i] = r.Materialise(x[i], op);
        for (int i = 1; i < x.Length; i++)
            if (slots[i] != slots[0] + i) return -1;
        return slots[0];
    }

    /// <summary>The numbers of slots anywhere, side by side.</summary>
    public static void Gather(T* values, ReadOnlySpan<int> slots, Span<T> numbers)
    {
        for (int i = 0; i < slots.Length; i++) numbers[i] = values[slots[i]];
    }

    /// <summary>Whether these are handles of one generation and rising slots.</summary>
    public static bool AreConsecutive(Recording<T> r, ReadOnlySpan<Scalar<T>> x)
    {
        long bits = x[0].Bits;
        if ((int)bits < 0) return false;
        ref Scalar<T> first = ref Unsafe.AsRef(in x[0]);
        for (int i = 0; i < x.Length; i++)
        {
            ref Scalar<T> scalar = ref Unsafe.Add(ref first, i);
            if (scalar.Recording != r || scalar.Bits != bits + i) return false;
        }

        return true;
    }
}
