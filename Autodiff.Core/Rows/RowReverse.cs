using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Pulls the cotangents of one block of rows back through its instructions, lanes of one width.</summary>
internal static unsafe class RowReverse<T, L, M>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
    where M : struct, IMasking
{
    private const int Lanes = RowFrame<T>.Lanes;

    public static void Run(ReadOnlySpan<RowInstruction> instructions, in RowFrame<T> frame)
    {
        ScalarRule<T>[] rules = ScalarTable<T>.Rules;
        for (int i = instructions.Length - 1; i >= 0; i--)
        {
            ref readonly RowInstruction s = ref instructions[i];
            if ((s.Flags & RowFlags.AnyBar) == 0) continue;
            bool cellB = (s.Flags & RowFlags.CellB) != 0;
            switch (s.Op)
            {
                case RowOp.MultiplyAdd:
                    if (cellB) Products<CellOperand>(s, frame, true);
                    else Products<SharedOperand>(s, frame, true);
                    break;
                case RowOp.Multiply:
                    if (cellB) Products<CellOperand>(s, frame, false);
                    else Products<SharedOperand>(s, frame, false);
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
    private static void Rule(ScalarRule<T> rule, in RowInstruction s, in RowFrame<T> frame)
    {
        RowOf<T> row = RowForward<T, L>.Row(s, frame);
        T* y = frame.Cells + ((long)s.D * Lanes), yBar = frame.CellBars + ((long)s.D * Lanes);
        Pull(rule, 0, RowFlags.BarA, (s.Flags & RowFlags.CellA) != 0, s.A, s, row, frame, y, yBar);
        Pull(rule, 1, RowFlags.BarB, (s.Flags & RowFlags.CellB) != 0, s.B, s, row, frame, y, yBar);
        Pull(rule, 2, RowFlags.BarC, (s.Flags & RowFlags.CellC) != 0, s.C, s, row, frame, y, yBar);
    }

    private static void Pull(ScalarRule<T> rule, int operand, RowFlags bar, bool isCell, int index, in RowInstruction s, in RowOf<T> row, in RowFrame<T> frame, T* y, T* yBar)
    {
        if ((s.Flags & bar) == 0) return;
        if (isCell) rule.PullRow(operand, row, y, yBar, frame.CellBars + ((long)index * Lanes), s.Count * Lanes);
        else frame.SharedBars[index] += rule.PullSum(operand, row, y, yBar, s.Count * Lanes);
    }

    // x̄ += ±d̄
    private static void PassOn(in RowInstruction s, in RowFrame<T> frame, RowFlags cell, int index, int stride, bool negative)
    {
        bool isCell = (s.Flags & cell) != 0;
        int last = s.Count - 1;
        T* w = frame.CellBars + ((long)(s.D + (last * s.StrideD)) * Lanes);
        long nextW = s.StrideD * Lanes;
        index += last * stride;
        for (int n = s.Count; n > 0; n--, w -= nextW, index -= stride)
        {
            if (isCell)
            {
                T* x = frame.CellBars + ((long)index * Lanes);
                for (int q = 0; q < Lanes; q += L.Count) L.Store(negative ? L.Load(x + q) - L.Load(w + q) : L.Load(x + q) + L.Load(w + q), x + q);
            }
            else
            {
                T sum = Sum(w);
                frame.SharedBars[index] += negative ? -sum : sum;
            }
        }
    }

    private static T Sum(T* w)
    {
        L sum = L.Load(w);
        for (int q = L.Count; q < Lanes; q += L.Count) sum += L.Load(w + q);
        return L.Sum(sum);
    }

    // ā += ±d̄·b, b̄ += ±d̄·a, c̄ += d̄
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Products<B>(in RowInstruction s, in RowFrame<T> frame, bool hasSum) where B : struct, IRowOperand
    {
        int last = s.Count - 1;
        T* dBar = frame.CellBars + ((long)(s.D + (last * s.StrideD)) * Lanes);
        long atA = (long)(s.A + (last * s.StrideA)) * Lanes, atB = (long)(s.B + (last * s.StrideB)) * (B.IsCell ? Lanes : 1);
        T* a = frame.Cells + atA, aBar = frame.CellBars + atA;
        T* b = (B.IsCell ? frame.Cells : frame.Shared) + atB, bBar = (B.IsCell ? frame.CellBars : frame.SharedBars) + atB;
        long nextD = s.StrideD * Lanes, nextA = s.StrideA * Lanes, nextB = B.IsCell ? s.StrideB * Lanes : s.StrideB;
        bool negative = (s.Flags & RowFlags.Negative) != 0, pullsA = (s.Flags & RowFlags.BarA) != 0, pullsB = (s.Flags & RowFlags.BarB) != 0;
        bool pullsC = hasSum && (s.Flags & RowFlags.BarC) != 0 && (s.Flags & RowFlags.InPlace) == 0;
        bool cellC = (s.Flags & RowFlags.CellC) != 0;
        int c = s.C + (last * s.StrideC);
        L zero = L.Of(0);
        for (int n = s.Count; n > 0; n--, dBar -= nextD, a -= nextA, aBar -= nextA, b -= nextB, bBar -= nextB, c -= s.StrideC)
        {
            if (pullsC)
            {
                if (cellC) for (int q = 0; q < Lanes; q += L.Count) L.Store(L.Load(frame.CellBars + ((long)c * Lanes) + q) + L.Load(dBar + q), frame.CellBars + ((long)c * Lanes) + q);
                else frame.SharedBars[c] += Sum(dBar);
            }

            L sum = zero;
            for (int q = 0; q < Lanes; q += L.Count)
            {
                L w = L.Load(dBar + q), x = L.Load(a + q), z = B.Load<L, T>(b, q);
                if (M.IsOn)
                {
                    x = L.IfEqual(w, zero, zero, x);
                    z = L.IfEqual(w, zero, zero, z);
                }

                if (negative) w = -w;
                if (pullsA) L.Store(L.FusedMultiplyAdd(w, z, L.Load(aBar + q)), aBar + q);
                if (!pullsB) continue;
                if (B.IsCell) L.Store(L.FusedMultiplyAdd(w, x, L.Load(bBar + q)), bBar + q);
                else sum = L.FusedMultiplyAdd(w, x, sum);
            }

            if (!B.IsCell && pullsB) *bBar += L.Sum(sum);
        }
    }
}
