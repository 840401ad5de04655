using System.Numerics;

namespace Autodiff;

/// <summary>Where a list of a pair fold is: in slots one after the other, in slots of a list, or among the attributes as plain numbers.</summary>
internal readonly struct Numbers : IPlacement
{
    public static bool IsConsecutive => false;
}

/// <summary>A fold of two lists. A, B: the first slots, or where the lists of slots or of plain numbers stand; C: how many pairs.</summary>
internal sealed unsafe class PairFoldStep<TOp, PA, PB, T> : ScalarRule<T>
    where TOp : struct, IPairFold<TOp>
    where PA : struct, IPlacement
    where PB : struct, IPlacement
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Op = ScalarTable<T>.Add(new PairFoldStep<TOp, PA, PB, T>(), &Pull);

    public override string Name => TOp.Name;

    public override Saved Saves
    {
        get
        {
            bool reads = (TOp.Saves & (Saved.A | Saved.B)) != 0;
            return (TOp.Saves & Saved.Output) | (reads ? Saved.Inputs : Saved.Nothing);
        }
    }

    private static bool HasNumbersB => typeof(PB) == typeof(Numbers);

    private static bool HasNumbersA => typeof(PA) == typeof(Numbers);

    public static long Push(Recording<T> r, int a, int b, int count, T value) => r.Push(new Code { Op = Op, A = a, B = b, C = count }, value);

    public override ReadOnlySpan<int> Slots(Recording<T> r, int slot)
    {
        Code code = r.Codes[slot];
        int lists = HasNumbersA || HasNumbersB ? 1 : 2;
        Span<int> slots = r.Scratch(lists * code.C);
        for (int i = 0; i < code.C; i++)
        {
            if (!HasNumbersA) slots[i] = SlotA(code, r.Attributes.Start, i);
            if (!HasNumbersB) slots[((lists - 1) * code.C) + i] = SlotB(code, r.Attributes.Start, i);
        }

        return slots;
    }

    public override void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar)
    {
        Recording<T> r = sweep.Recording;
        Code code = r.Codes[slot];
        Scalar<T> y = sweep.Scalar(slot);
        for (int i = 0; i < code.C; i++)
        {
            int slotA = HasNumbersA ? -1 : SlotA(code, r.Attributes.Start, i), slotB = HasNumbersB ? -1 : SlotB(code, r.Attributes.Start, i);
            Scalar<T> a = HasNumbersA ? ((T*)(r.Attributes.Start + code.A))[i] : sweep.Scalar(slotA);
            Scalar<T> b = HasNumbersB ? ((T*)(r.Attributes.Start + code.B))[i] : sweep.Scalar(slotB);
            if (!HasNumbersA && sweep.Wants(slotA)) sweep.Contribute(slotA, bar, TOp.PartialA(a, b, y));
            if (!HasNumbersB && sweep.Wants(slotB)) sweep.Contribute(slotB, bar, TOp.PartialB(a, b, y));
        }
    }

    private static void Pull(Code* codes, T* values, T* adjoints, byte* attributes, int slot)
    {
        Code code = codes[slot];
        One<T> w = new(adjoints[slot]), y = new(values[slot]);
        T* a = HasNumbersA ? (T*)(attributes + code.A) : values + code.A, b = HasNumbersB ? (T*)(attributes + code.B) : values + code.B;
        T* aBar = adjoints + code.A, bBar = adjoints + code.B;
        bool inPlaceA = HasNumbersA || PA.IsConsecutive, inPlaceB = HasNumbersB || PB.IsConsecutive;
        if (inPlaceA && inPlaceB)
        {
            // one after the other: the two may be the same slots
            if (!HasNumbersA) FoldLoops<T>.PullPair<TOp, OperandA>(a, b, aBar, w.Value, y.Value, code.C);
            if (!HasNumbersB) FoldLoops<T>.PullPair<TOp, OperandB>(a, b, bBar, w.Value, y.Value, code.C);
            return;
        }

        for (int i = 0; i < code.C; i++)
        {
            int ia = inPlaceA ? i : SlotA(code, attributes, i), ib = inPlaceB ? i : SlotB(code, attributes, i);
            One<T> x = new(inPlaceA ? a[i] : values[ia]), z = new(inPlaceB ? b[i] : values[ib]);
            if (!HasNumbersA) (inPlaceA ? ref aBar[i] : ref adjoints[ia]) += (w * TOp.PartialA(x, z, y)).Value;
            if (!HasNumbersB) (inPlaceB ? ref bBar[i] : ref adjoints[ib]) += (w * TOp.PartialB(x, z, y)).Value;
        }
    }

    private static int SlotA(in Code code, byte* attributes, int i) => PA.IsConsecutive ? code.A + i : ((int*)(attributes + code.A))[i];

    private static int SlotB(in Code code, byte* attributes, int i) => PB.IsConsecutive ? code.B + i : ((int*)(attributes + code.B))[i];
}
