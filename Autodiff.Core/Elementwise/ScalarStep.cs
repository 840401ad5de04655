using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Where the constant of a scalar step stands: nowhere, on the left or on the right.</summary>
internal interface IForm
{
    static abstract bool LeftConstant { get; }

    static abstract bool RightConstant { get; }
}

internal readonly struct AllSlots : IForm
{
    public static bool LeftConstant => false;

    public static bool RightConstant => false;
}

internal readonly struct ConstantLeft : IForm
{
    public static bool LeftConstant => true;

    public static bool RightConstant => false;
}

internal readonly struct ConstantRight : IForm
{
    public static bool LeftConstant => false;

    public static bool RightConstant => true;
}

/// <summary>One op on scalars of a tape, with its constant in one place: recorded without a virtual call, swept through a function pointer.</summary>
internal sealed unsafe class ScalarStep<E, F, T> : ScalarRule<T>
    where E : struct, IElementwise
    where F : struct, IForm
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Op = ScalarTable<T>.Add(new ScalarStep<E, F, T>(), &Pull, AlgebraSteps.Fixed<E, F>());

    public override string Name => E.Name;

    public override Saved Saves => F.LeftConstant ? Shifted(E.Saves) : E.Saves;

    /// <summary>The opcode; asking enters the rule into the table.</summary>
    public static int Number => Op;

    private static int Slotted => F.LeftConstant || F.RightConstant ? 1 : E.Arity;

    public override int SlotCount => Slotted;

    public override int ConstantOperand => F.LeftConstant ? 0 : F.RightConstant ? 1 : -1;

    public override bool IsFlat => Flat<E, OperandA>.IsZero && (E.Arity < 2 || Flat<E, OperandB>.IsZero) && (E.Arity < 3 || Flat<E, OperandC>.IsZero);

    public override ReadOnlySpan<int> Slots(Recording<T> r, int slot) => new(&r.Codes[slot].A, Slotted);

    /// <summary>Records the op over handles.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Apply(Recording<T> r, long a) => Push(r, r.Slot(a, E.Name));

    /// <summary>Records the op over handles.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Apply(Recording<T> r, long a, long b) => Push(r, r.Slot(a, E.Name), r.Slot(b, E.Name));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Push(Recording<T> r, int a, int b = 0, int c = 0)
    {
        T* v = r.Values;
        return r.Push(new Code { Op = Op, A = a, B = b, C = c }, E.Primal(new One<T>(v[a]), new One<T>(v[b]), new One<T>(v[c])).Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long PushConstant(Recording<T> r, int a, T constant)
    {
        One<T> x = new(r.Values[a]), k = new(constant);
        return r.Push(Code.With(Op, a, constant), (F.LeftConstant ? E.Primal(k, x, x) : E.Primal(x, k, x)).Value);
    }

    public override void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar)
    {
        Recording<T> r = sweep.Recording;
        Code code = r.Codes[slot];
        Scalar<T> x = sweep.Scalar(code.A), y = sweep.Scalar(slot);
        Scalar<T> a = F.LeftConstant ? Code.Constant<T>(code) : x;
        Scalar<T> b = E.Arity < 2 ? a : F.RightConstant ? Code.Constant<T>(code) : F.LeftConstant ? x : sweep.Scalar(code.B);
        Scalar<T> c = E.Arity < 3 ? a : sweep.Scalar(code.C);
        if (!F.LeftConstant && sweep.Wants(code.A)) sweep.Contribute(code.A, bar, E.Partial<Scalar<T>, OperandA>(a, b, c, y), Flat<E, OperandA>.IsZero);
        if (E.Arity > 1 && !F.RightConstant)
        {
            int slotOfB = F.LeftConstant ? code.A : code.B;
            if (sweep.Wants(slotOfB)) sweep.Contribute(slotOfB, bar, E.Partial<Scalar<T>, OperandB>(a, b, c, y), Flat<E, OperandB>.IsZero);
        }

        if (E.Arity > 2 && sweep.Wants(code.C)) sweep.Contribute(code.C, bar, E.Partial<Scalar<T>, OperandC>(a, b, c, y), Flat<E, OperandC>.IsZero);
    }

    public override long Again(Recording<T> r, in Code code)
        => F.LeftConstant || F.RightConstant ? PushConstant(r, code.A, Code.Constant<T>(code))
            : Push(r, code.A, E.Arity > 1 ? code.B : code.A, E.Arity > 2 ? code.C : code.A);

    public override void MapRow(in RowOf<T> row, T* y, int n) => Loops<E, T>.MapRow(row, y, n);

    public override void PullRow(int operand, in RowOf<T> row, T* y, T* yBar, T* xBar, int n)
    {
        if (operand == 0 ? Flat<E, OperandA>.IsZero : operand == 1 ? Flat<E, OperandB>.IsZero : Flat<E, OperandC>.IsZero) return;
        if (operand == 0) Loops<E, T>.PullRow<OperandA>(row, y, yBar, xBar, false, n);
        else if (operand == 1) Loops<E, T>.PullRow<OperandB>(row, y, yBar, xBar, false, n);
        else Loops<E, T>.PullRow<OperandC>(row, y, yBar, xBar, false, n);
    }

    public override T PullSum(int operand, in RowOf<T> row, T* y, T* yBar, int n)
        => operand == 0 ? PullSum<OperandA>(row, y, yBar, n) : operand == 1 ? PullSum<OperandB>(row, y, yBar, n) : PullSum<OperandC>(row, y, yBar, n);

    private static T PullSum<K>(in RowOf<T> row, T* y, T* yBar, int n) where K : struct, IOperand
        => Flat<E, K>.IsZero ? T.Zero : Loops<E, T>.PullRowSum<K>(row, y, yBar, n);

    private static void Pull(Code* codes, T* values, T* adjoints, byte* attributes, int slot)
    {
        Code* code = codes + slot;
        One<T> w = new(adjoints[slot]), x = new(values[code->A]), y = new(values[slot]);
        One<T> a = F.LeftConstant ? new(Code.Constant<T>(*code)) : x;
        One<T> b = E.Arity < 2 ? a : F.RightConstant ? new(Code.Constant<T>(*code)) : F.LeftConstant ? x : new(values[code->B]);
        One<T> c = E.Arity < 3 ? a : new(values[code->C]);
        if (!F.LeftConstant && !Flat<E, OperandA>.IsZero) adjoints[code->A] += (w * E.Partial<One<T>, OperandA>(a, b, c, y)).Value;
        if (E.Arity > 1 && !F.RightConstant && !Flat<E, OperandB>.IsZero) adjoints[F.LeftConstant ? code->A : code->B] += (w * E.Partial<One<T>, OperandB>(a, b, c, y)).Value;
        if (E.Arity > 2 && !Flat<E, OperandC>.IsZero) adjoints[code->C] += (w * E.Partial<One<T>, OperandC>(a, b, c, y)).Value;
    }

    // the only slot stands in A's place, whatever operand it is
    private static Saved Shifted(Saved saves) => (saves & Saved.Output) | ((saves & Saved.B) != 0 ? Saved.A : Saved.Nothing);
}
