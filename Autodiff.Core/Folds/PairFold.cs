using System.Numerics;

namespace Autodiff;

/// <summary>Records folds of two lists.</summary>
internal static unsafe class PairFold<TOp, T> where TOp : struct, IPairFold<TOp> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static Scalar<T> Apply(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b)
    {
        int n = a.Length;
        if (n == 0 || n != b.Length || a[0].Recording is not { Row: null } r || !FoldOperands<T>.AreConsecutive(r, a) || !FoldOperands<T>.AreConsecutive(r, b)
            || !r.IsGood(a[^1].Bits) || !r.IsGood(b[^1].Bits)) return ApplyAnywhere(a, b);
        int firstA = (int)a[0].Bits, firstB = (int)b[0].Bits;
        T value = TOp.Primal(new ReadOnlySpan<T>(r.Values + firstA, n), new ReadOnlySpan<T>(r.Values + firstB, n));
        return new(r, PairFoldStep<TOp, Consecutive, Consecutive, T>.Push(r, firstA, firstB, n, value));
    }

    private static Scalar<T> ApplyAnywhere(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b)
    {
        RequireEqual(a.Length, b.Length);
        if ((FoldOperands<T>.RecordingOf(a) ?? FoldOperands<T>.RecordingOf(b)) is not { } r) return OfNumbers(a, b);
        if (r.Row is not null) return TOp.Expanded(a, b);
        int steps = r.Count, n = a.Length;
        try
        {
            Span<int> slots = r.Scratch(2 * n), slotsA = slots[..n], slotsB = slots[n..];
            int firstA = FoldOperands<T>.Find(r, a, slotsA, TOp.Name), firstB = FoldOperands<T>.Find(r, b, slotsB, TOp.Name);
            if (firstA >= 0 && firstB >= 0)
            {
                T value = TOp.Primal(new ReadOnlySpan<T>(r.Values + firstA, n), new ReadOnlySpan<T>(r.Values + firstB, n));
                return new(r, PairFoldStep<TOp, Consecutive, Consecutive, T>.Push(r, firstA, firstB, n, value));
            }

            Span<T> numbers = r.ScratchNumbers(2 * n);
            ReadOnlySpan<T> x = Take(r, firstA, slotsA, numbers[..n]), z = Take(r, firstB, slotsB, numbers[n..]);
            T y = TOp.Primal(x, z);
            if (firstA >= 0) return new(r, PairFoldStep<TOp, Consecutive, Listed, T>.Push(r, firstA, r.Attributes.Add(slotsB), n, y));
            if (firstB >= 0) return new(r, PairFoldStep<TOp, Listed, Consecutive, T>.Push(r, r.Attributes.Add(slotsA), firstB, n, y));
            return new(r, PairFoldStep<TOp, Listed, Listed, T>.Push(r, r.Attributes.Add(slotsA), r.Attributes.Add(slotsB), n, y));
        }
        catch
        {
            r.Truncate(steps);   // the constants among the operands
            throw;
        }
    }

    public static Scalar<T> Apply(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<T> b)
    {
        RequireEqual(a.Length, b.Length);
        if (FoldOperands<T>.RecordingOf(a) is not { } r) return OfNumbers(a, b);
        if (r.Row is not null) return TOp.Expanded(a, r.AsScalars(b));
        Span<int> slots = r.Scratch(a.Length);
        int first = FindOrDrop(r, a, slots);
        ReadOnlySpan<T> x = Take(r, first, slots, r.ScratchNumbers(a.Length));
        T y = TOp.Primal(x, b);
        int numbers = r.Attributes.Add(b);
        return new(r, first >= 0
            ? PairFoldStep<TOp, Consecutive, Numbers, T>.Push(r, first, numbers, a.Length, y)
            : PairFoldStep<TOp, Listed, Numbers, T>.Push(r, r.Attributes.Add(slots), numbers, a.Length, y));
    }

    public static Scalar<T> Apply(ReadOnlySpan<T> a, ReadOnlySpan<Scalar<T>> b)
    {
        RequireEqual(a.Length, b.Length);
        if (FoldOperands<T>.RecordingOf(b) is not { } r) return OfNumbers(a, b);
        if (r.Row is not null) return TOp.Expanded(r.AsScalars(a), b);
        Span<int> slots = r.Scratch(b.Length);
        int first = FindOrDrop(r, b, slots);
        ReadOnlySpan<T> z = Take(r, first, slots, r.ScratchNumbers(b.Length));
        T y = TOp.Primal(a, z);
        int numbers = r.Attributes.Add(a);
        return new(r, first >= 0
            ? PairFoldStep<TOp, Numbers, Consecutive, T>.Push(r, numbers, first, b.Length, y)
            : PairFoldStep<TOp, Numbers, Listed, T>.Push(r, numbers, r.Attributes.Add(slots), b.Length, y));
    }

    // where an operand is refused, the constants before it go
    private static int FindOrDrop(Recording<T> r, ReadOnlySpan<Scalar<T>> x, Span<int> slots)
    {
        int steps = r.Count;
        try { return FoldOperands<T>.Find(r, x, slots, TOp.Name); }
        catch
        {
            r.Truncate(steps);
            throw;
        }
    }

    private static ReadOnlySpan<T> Take(Recording<T> r, int first, ReadOnlySpan<int> slots, Span<T> numbers)
    {
        if (first >= 0) return new ReadOnlySpan<T>(r.Values + first, slots.Length);
        FoldOperands<T>.Gather(r.Values, slots, numbers);
        return numbers;
    }

    private static void RequireEqual(int a, int b)
    {
        if (a != b) throw new ArgumentException($"{TOp.Name}: {a} and {b} operands came; needs as many on either side.");
    }

    private static T OfNumbers(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b) => TOp.Primal<T>(Plain(a), Plain(b));

    private static T OfNumbers(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<T> b) => TOp.Primal(Plain(a), b);

    private static T OfNumbers(ReadOnlySpan<T> a, ReadOnlySpan<Scalar<T>> b) => TOp.Primal(a, Plain(b));

    private static ReadOnlySpan<T> Plain(ReadOnlySpan<Scalar<T>> x)
    {
        var numbers = new T[x.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = x[i].Value;
        return numbers;
    }
}
