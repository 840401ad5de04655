using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>The axes of one operand of an <see cref="Einsum"/>, in their order: numbers below 64, at most as many as a shape has.</summary>
internal struct AxisList
{
    private Numbers numbers;

    public int Count { readonly get; private set; }

    /// <summary>The axes as a set of bits.</summary>
    public readonly ulong Set
    {
        get
        {
            ulong set = 0;
            foreach (int axis in Span) set |= 1UL << axis;
            return set;
        }
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<int> Span => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Numbers, int>(ref Unsafe.AsRef(in numbers)), Count);

    public readonly int this[int place] => Span[place];

    public void Add(int axis)
    {
        if (Count == Shape.MaxRank) throw new ShapeException($"Einsum: a tensor on the way has more than {Shape.MaxRank} axes; needs at most {Shape.MaxRank}.");
        numbers[Count++] = axis;
    }

    /// <summary>Adds what is in a set, in the order of this list.</summary>
    public readonly void AddTo(ref AxisList target, ulong set)
    {
        foreach (int axis in Span)
            if ((set & (1UL << axis)) != 0) target.Add(axis);
    }

    public readonly AxisList Without(int place)
    {
        AxisList rest = default;
        for (int i = 0; i < Count; i++)
            if (i != place) rest.Add(this[i]);
        return rest;
    }

    public readonly int Place(int axis) => Span.IndexOf(axis);

    public readonly bool SameAs(in AxisList other) => Span.SequenceEqual(other.Span);

    [InlineArray(Shape.MaxRank)]
    private struct Numbers
    {
        private int first;
    }
}
