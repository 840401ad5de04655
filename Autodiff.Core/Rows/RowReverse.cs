using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Pulls the cotangents of one block of rows back through its instructions, lanes of one width.</summary>
internal static unsafe class RowReverse<T, L, M>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
    where M : struct, IMasking
{
    private const int Batch = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<RowInstruction> instructions, in RowFrame<T> frame)
    {
        ScalarRule<T>[] rules = ScalarTable<T>.Rules;
        for (int i = instructions.Length - 1; i >= 0; i--)
        {
            ref readonly RowInstruction s = ref instructions[i];
            if ((s.Flags & RowFlags.AnyBar) == 0) continue;
            switch (s.Op)
            {
                case RowOp.MultiplyAdd:
                    if ((s.Flags & RowFlags.BarC) != 0 && (s.Flags & RowFlags.InPlace) == 0) PassOn(s, frame, RowFlags.CellC, s.C, s.StrideC, false);
                    RowProducts<T, L, M>.Run(s, frame);
                    break;
                case RowOp.Multiply:
                    RowProducts<T, L, M>.Run(s, frame);
                    break;
                case RowOp.Add:
                    if ((s.Flags & RowFlags.BarA) != 0 && (s.Flags & RowFlags.InPlace) == 0) PassOn(s, frame, RowFlags.CellA, s.A, s.StrideA, false);
                    if ((s.Flags & RowFlags.BarB) != 0) PassOn(s, frame, RowFlags.CellB, s.B, s.StrideB, false);
                    break;
                case RowOp.Subtract:
                    if ((s.Flags & RowFlags.BarB) != 0) PassOn(s, frame, RowFlags.CellB, s.B, s.StrideB, true);
                    if ((s.Flags & RowFlags.BarA) != 0 && (s.Flags & RowFlags.InPlace) == 0) PassOn(s, frame, RowFlags.CellA, s.A, s.StrideA, false);
                    break;
                default:
                    Rule(rules[s.Rule], s, frame);
                    break;
            }
        }
    }

    // the operations of a run one by one from the last, as they were computed; a run of a rule reads nothing that it has written
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rule(ScalarRule<T> rule, in RowInstruction s, in RowFrame<T> frame)
    {
        RowOf<T> row = RowForward<T, L>.Row(s, frame);
        T* y = frame.Cells + ((long)s.D * frame.Lanes), yBar = frame.CellBars + ((long)s.D * frame.Lanes);
        Pull(rule, 0, RowFlags.BarA, (s.Flags & RowFlags.CellA) != 0, s.A, s, row, frame, y, yBar);
        Pull(rule, 1, RowFlags.BarB, (s.Flags & RowFlags.CellB) != 0, s.B, s, row, frame, y, yBar);
        Pull(rule, 2, RowFlags.BarC, (s.Flags & RowFlags.CellC) != 0, s.C, s, row, frame, y, yBar);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pull(ScalarRule<T> rule, int operand, RowFlags bar, bool isCell, int index, in RowInstruction s, in RowOf<T> row, in RowFrame<T> frame, T* y, T* yBar)
    {
        if ((s.Flags & bar) == 0) return;
        if (isCell) rule.PullRow(operand, row, y, yBar, frame.CellBars + ((long)index * frame.Lanes), s.Count * frame.Lanes);
        else frame.SharedBars[index] += rule.PullSum(operand, row, y, yBar, s.Count * frame.Lanes);
    }

    // x̄ += ±d̄
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PassOn(in RowInstruction s, in RowFrame<T> frame, RowFlags cell, int index, int stride, bool negative)
    {
        bool isCell = (s.Flags & cell) != 0;
        int lanes = frame.Lanes;
        if (!isCell && stride == 1 && s.Count >= Batch)
        {
            PassOnSums(s, frame, index, negative);
            return;
        }

        int last = s.Count - 1;
        T* w = frame.CellBars + ((long)(s.D + (last * s.StrideD)) * lanes);
        long nextW = s.StrideD * lanes;
        index += last * stride;
        for (int n = s.Count; n > 0; n--, w -= nextW, index -= stride)
        {
            if (isCell)
            {
                T* x = frame.CellBars + ((long)index * lanes);
                for (int q = 0; q < lanes; q += L.Count) L.Store(negative ? L.Load(x + q) - L.Load(w + q) : L.Load(x + q) + L.Load(w + q), x + q);
            }
            else
            {
                T sum = Sum(w, lanes);
                frame.SharedBars[index] += negative ? -sum : sum;
            }
        }
    }

    private static T Sum(T* w, int lanes)
    {
        return L.Sum(Folded(w, lanes));
    }

    // ū += ±Σ d̄ over the lanes, four at a time
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PassOnSums(in RowInstruction s, in RowFrame<T> frame, int index, bool negative)
    {
        long next = s.StrideD * frame.Lanes;
        T* w = frame.CellBars + ((long)s.D * frame.Lanes), uBar = frame.SharedBars + index;
        L sign = L.Of(negative ? -1 : 1);
        int n = s.Count;
        for (; n >= Batch; n -= Batch, w += Batch * next, uBar += Batch)
            L.AddSums(sign * Folded(w, frame.Lanes), sign * Folded(w + next, frame.Lanes), sign * Folded(w + (2 * next), frame.Lanes), sign * Folded(w + (3 * next), frame.Lanes), uBar);
        for (; n > 0; n--, w += next, uBar++) *uBar += negative ? -Sum(w, frame.Lanes) : Sum(w, frame.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Folded(T* w, int lanes)
    {
        L sum = L.Load(w);
        for (int q = L.Count; q < lanes; q += L.Count) sum += L.Load(w + q);
        return sum;
    }
}
