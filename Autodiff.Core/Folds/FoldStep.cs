using System.Numerics;

namespace Autodiff;

/// <summary>Whether the operands of a fold are in slots one after the other.</summary>
internal interface IPlacement
{
    static abstract bool IsConsecutive { get; }
}

internal readonly struct Consecutive : IPlacement
{
    public static bool IsConsecutive => true;
}

internal readonly struct Listed : IPlacement
{
    public static bool IsConsecutive => false;
}

/// <summary>A fold of one list: A is the first slot or where the list of slots stands, C their number.</summary>
internal sealed unsafe class FoldStep<TOp, P, T> : ScalarRule<T>
    where TOp : struct, IFold<TOp>
    where P : struct, IPlacement
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Op = ScalarTable<T>.Add(new FoldStep<TOp, P, T>(), &Pull);

    public override string Name => TOp.Name;

    public override Saved Saves => (TOp.Saves & Saved.Output) | ((TOp.Saves & Saved.A) != 0 ? Saved.Inputs : Saved.Nothing);

    public static long Push(Recording<T> r, int at, int count, T value) => r.Push(new Code { Op = Op, A = at, C = count }, value);

    public override ReadOnlySpan<int> Slots(Recording<T> r, int slot)
    {
        Code code = r.Codes[slot];
        return P.IsConsecutive ? r.Range(code.A, code.C) : r.Attributes.Integers(code.A, code.C);
    }

    public override void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar)
    {
        Code code = sweep.Recording.Codes[slot];
        Scalar<T> y = sweep.Scalar(slot);
        for (int i = 0; i < code.C; i++)
        {
            int at = P.IsConsecutive ? code.A + i : sweep.Recording.Attributes.Integers(code.A, code.C)[i];
            if (sweep.Wants(at)) sweep.Contribute(at, bar, TOp.Partial(sweep.Scalar(at), y));
        }
    }

    private static void Pull(Code* codes, T* values, T* adjoints, byte* attributes, int slot)
    {
        Code code = codes[slot];
        One<T> w = new(adjoints[slot]), y = new(values[slot]);
        if (P.IsConsecutive)
        {
            FoldLoops<T>.Pull<TOp>(values + code.A, adjoints + code.A, w.Value, y.Value, code.C);
            return;
        }

        int* slots = (int*)(attributes + code.A);
        for (int i = 0; i < code.C; i++) adjoints[slots[i]] += (w * TOp.Partial(new One<T>(values[slots[i]]), y)).Value;
    }
}

/// <summary>Records folds of one list.</summary>
internal static unsafe class Fold<TOp, T> where TOp : struct, IFold<TOp> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static Scalar<T> Apply(ReadOnlySpan<Scalar<T>> x)
    {
        if (FoldOperands<T>.RecordingOf(x) is not { } r) return OfNumbers(x);
        if (r.Row is not null) return TOp.Expanded(x);
        int steps = r.Count;
        try
        {
            Span<int> slots = r.Scratch(x.Length);
            int first = FoldOperands<T>.Find(r, x, slots, TOp.Name);
            if (first >= 0) return new(r, FoldStep<TOp, Consecutive, T>.Push(r, first, x.Length, TOp.Primal(new ReadOnlySpan<T>(r.Values + first, x.Length))));
            Span<T> numbers = r.ScratchNumbers(x.Length);
            FoldOperands<T>.Gather(r.Values, slots, numbers);
            return new(r, FoldStep<TOp, Listed, T>.Push(r, r.Attributes.Add(slots), x.Length, TOp.Primal<T>(numbers)));
        }
        catch
        {
            r.Truncate(steps);   // the constants among the operands
            throw;
        }
    }

    private static Scalar<T> OfNumbers(ReadOnlySpan<Scalar<T>> x)
    {
        var numbers = new T[x.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = x[i].Value;
        return TOp.Primal<T>(numbers);
    }
}
