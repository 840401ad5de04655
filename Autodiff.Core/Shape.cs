using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>The lengths of a tensor's axes, outermost first; row-major. A value of at most <see cref="MaxRank"/> axes.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes.</summary>
    public const int MaxRank = 8;

    private readonly int rank;
    private readonly Axes axes;

    private Shape(ReadOnlySpan<int> lengths)
    {
        rank = lengths.Length;
        lengths.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Axes, int>(ref axes), MaxRank));
    }

    /// <summary>The number of axes; 0 for a single number.</summary>
    public int Rank => rank;

    /// <summary>The number of elements.</summary>
    public int Size
    {
        get
        {
            int size = 1;
            foreach (int length in Lengths) size *= length;
            return size;
        }
    }

    /// <summary>The lengths as a span over this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> Lengths => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Axes, int>(ref Unsafe.AsRef(in axes)), rank);

    /// <summary>The length of an axis; negative axes count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => Lengths[Axis("Shape", axis)];

    /// <summary>A shape of the given lengths.</summary>
    /// <exception cref="ShapeException">A negative length, more than <see cref="MaxRank"/> axes, or 2³¹ elements or more.</exception>
    public static Shape Create(ReadOnlySpan<int> lengths)
    {
        if (lengths.Length > MaxRank) throw new ShapeException($"Shape: {lengths.Length} axes came; needs at most {MaxRank}.");
        long size = 1;
        bool empty = false;
        foreach (int length in lengths)
        {
            if (length < 0) throw new ShapeException($"Shape: {Text(lengths)} has a negative length; needs lengths of 0 or more.");
            empty |= length == 0;
            size = Math.Min(size * Math.Max(length, 1), 1L << 32);
        }

        if (!empty && size > int.MaxValue) throw new ShapeException($"Shape: {Text(lengths)} has 2^31 elements or more; needs fewer.");
        return new Shape(lengths);
    }

    /// <summary>The shape of an array's lengths.</summary>
    public static implicit operator Shape(int[] lengths) => Create(lengths);

    /// <summary>The shape of a span of lengths.</summary>
    public static implicit operator Shape(ReadOnlySpan<int> lengths) => Create(lengths);

    /// <summary>The lengths of a shape.</summary>
    public static implicit operator ReadOnlySpan<int>(in Shape shape)
        => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Axes, int>(ref Unsafe.AsRef(in shape.axes)), shape.rank);

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(in Shape a, in Shape b) => a.rank == b.rank && a.Lengths.SequenceEqual(b.Lengths);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(in Shape a, in Shape b) => !(a == b);

    /// <summary>The axis counted from the front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; the message begins with <paramref name="op"/>.</exception>
    public int Axis(string op, int axis)
        => axis >= -rank && axis < rank ? (axis < 0 ? axis + rank : axis)
            : throw new ArgumentOutOfRangeException(nameof(axis), $"{op}: axis is {axis}, the shape is {this}; needs an axis from {-rank} to {rank - 1}.");

    /// <summary>The elements as [outer, n, inner] around one axis (counted from the front).</summary>
    public (int Outer, int Length, int Inner) Around(int axis)
    {
        int outer = 1, inner = 1;
        for (int i = 0; i < axis; i++) outer *= Lengths[i];
        for (int i = axis + 1; i < rank; i++) inner *= Lengths[i];
        return (outer, Lengths[axis], inner);
    }

    /// <summary>This shape with one axis taken away (or kept at length 1).</summary>
    public Shape Without(int axis, bool keepDims = false)
    {
        Span<int> lengths = stackalloc int[MaxRank];
        int n = 0;
        for (int i = 0; i < rank; i++)
            if (i != axis) lengths[n++] = Lengths[i];
            else if (keepDims) lengths[n++] = 1;
        return new Shape(lengths[..n]);
    }

    /// <summary>This shape with the length of one axis changed.</summary>
    public Shape With(int axis, int length)
    {
        Span<int> lengths = stackalloc int[MaxRank];
        Lengths.CopyTo(lengths);
        lengths[axis] = length;
        return Create(lengths[..rank]);
    }

    /// <summary>This shape with an axis of the given length put in at a place.</summary>
    public Shape Inserted(int axis, int length)
    {
        Span<int> lengths = stackalloc int[MaxRank + 1];
        Lengths[..axis].CopyTo(lengths);
        lengths[axis] = length;
        Lengths[axis..].CopyTo(lengths[(axis + 1)..]);
        return Create(lengths[..(rank + 1)]);
    }

    /// <summary>The shape that two broadcast to, as in NumPy: aligned at the end, lengths equal or 1.</summary>
    /// <exception cref="ShapeException">They do not broadcast; the message begins with <paramref name="op"/>.</exception>
    public static Shape Broadcast(string op, in Shape a, in Shape b)
    {
        if (a == b) return a;
        int rank = Math.Max(a.rank, b.rank);
        Span<int> lengths = stackalloc int[MaxRank];
        for (int i = 1; i <= rank; i++)
        {
            int m = i <= a.rank ? a.Lengths[^i] : 1, n = i <= b.rank ? b.Lengths[^i] : 1;
            if (m != n && m != 1 && n != 1)
                throw new ShapeException($"{op}: a is {a}, b is {b}; needs shapes that broadcast (lengths equal or 1, aligned at the last axis).");
            lengths[rank - i] = m == 1 ? n : m;
        }

        return Create(lengths[..rank]);
    }

    /// <summary>The lengths, one by one.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => Lengths.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int length in Lengths) hash.Add(length);
        return hash.ToHashCode();
    }

    /// <summary>For example <c>[2, 3]</c>.</summary>
    public override string ToString() => Text(Lengths);

    /// <summary>Lengths as text, for messages about shapes that cannot be made.</summary>
    public static string Text(ReadOnlySpan<int> lengths)
    {
        var text = new System.Text.StringBuilder("[");
        for (int i = 0; i < lengths.Length; i++) text.Append(i == 0 ? "" : ", ").Append(lengths[i]);
        return text.Append(']').ToString();
    }

    [InlineArray(MaxRank)]
    private struct Axes
    {
        private int first;
    }
}

/// <summary>Shapes that do not fit. The message names the operation, what came and what is needed.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>With a message.</summary>
    public ShapeException(string message)
        : base(message)
    {
    }
}
