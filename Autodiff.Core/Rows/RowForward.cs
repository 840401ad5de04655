using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Runs instructions over one block of rows, lanes of one width.</summary>
internal static unsafe class RowForward<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    private const int Lanes = RowFrame<T>.Lanes;

    public static void Run(ReadOnlySpan<RowInstruction> instructions, in RowFrame<T> frame)
    {
        ScalarRule<T>[] rules = ScalarTable<T>.Rules;
        foreach (ref readonly RowInstruction s in instructions)
        {
            bool cellA = (s.Flags & RowFlags.CellA) != 0, cellB = (s.Flags & RowFlags.CellB) != 0, cellC = (s.Flags & RowFlags.CellC) != 0;
            switch (s.Op)
            {
                case RowOp.MultiplyAdd:
                    if (cellB && cellC) MultiplyAdd<CellOperand, CellOperand>(s, frame);
                    else if (cellB) MultiplyAdd<CellOperand, SharedOperand>(s, frame);
                    else if (cellC) MultiplyAdd<SharedOperand, CellOperand>(s, frame);
                    else MultiplyAdd<SharedOperand, SharedOperand>(s, frame);
                    break;
                case RowOp.Multiply:
                    if (cellB) Combine<Product, CellOperand, CellOperand>(s, frame);
                    else Combine<Product, CellOperand, SharedOperand>(s, frame);
                    break;
                case RowOp.Add:
                    if (cellB) Combine<Total, CellOperand, CellOperand>(s, frame);
                    else Combine<Total, CellOperand, SharedOperand>(s, frame);
                    break;
                case RowOp.Subtract:
                    if (!cellA) Combine<Difference, SharedOperand, CellOperand>(s, frame);
                    else if (cellB) Combine<Difference, CellOperand, CellOperand>(s, frame);
                    else Combine<Difference, CellOperand, SharedOperand>(s, frame);
                    break;
                default:
                    rules[s.Rule].MapRow(Row(s, frame), frame.Cells + ((long)s.D * Lanes), s.Count * Lanes);
                    break;
            }
        }
    }

    /// <summary>The operands of a rule as a row: neighbouring cells, or one shared number.</summary>
    public static RowOf<T> Row(in RowInstruction s, in RowFrame<T> frame) => new()
    {
        A = At(s, RowFlags.CellA, s.A, frame),
        B = At(s, RowFlags.CellB, s.B, frame),
        C = At(s, RowFlags.CellC, s.C, frame),
        StrideA = (s.Flags & RowFlags.CellA) != 0 ? 1 : 0,
        StrideB = (s.Flags & RowFlags.CellB) != 0 ? 1 : 0,
        StrideC = (s.Flags & RowFlags.CellC) != 0 ? 1 : 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* At(in RowInstruction s, RowFlags cell, int index, in RowFrame<T> frame)
        => (s.Flags & cell) != 0 ? frame.Cells + ((long)index * Lanes) : frame.Shared + index;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyAdd<B, C>(in RowInstruction s, in RowFrame<T> frame) where B : struct, IRowOperand where C : struct, IRowOperand
    {
        T* d = frame.Cells + ((long)s.D * Lanes), a = frame.Cells + ((long)s.A * Lanes);
        T* b = At(s, RowFlags.CellB, s.B, frame), c = At(s, RowFlags.CellC, s.C, frame);
        long nextD = s.StrideD * Lanes, nextA = s.StrideA * Lanes, nextB = B.IsCell ? s.StrideB * Lanes : s.StrideB, nextC = C.IsCell ? s.StrideC * Lanes : s.StrideC;
        bool negative = (s.Flags & RowFlags.Negative) != 0;
        for (int n = s.Count; n > 0; n--, d += nextD, a += nextA, b += nextB, c += nextC)
        {
            for (int q = 0; q < Lanes; q += L.Count)
            {
                L x = L.Load(a + q);
                if (negative) x = -x;
                L.Store(L.FusedMultiplyAdd(x, B.Load<L, T>(b, q), C.Load<L, T>(c, q)), d + q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<TSum, A, B>(in RowInstruction s, in RowFrame<T> frame) where TSum : struct, IPairing where A : struct, IRowOperand where B : struct, IRowOperand
    {
        T* d = frame.Cells + ((long)s.D * Lanes), a = At(s, RowFlags.CellA, s.A, frame), b = At(s, RowFlags.CellB, s.B, frame);
        long nextD = s.StrideD * Lanes, nextA = A.IsCell ? s.StrideA * Lanes : s.StrideA, nextB = B.IsCell ? s.StrideB * Lanes : s.StrideB;
        for (int n = s.Count; n > 0; n--, d += nextD, a += nextA, b += nextB)
            for (int q = 0; q < Lanes; q += L.Count) L.Store(TSum.Of(A.Load<L, T>(a, q), B.Load<L, T>(b, q)), d + q);
    }

    private interface IPairing
    {
        static abstract L Of(L a, L b);
    }

    private readonly struct Product : IPairing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Of(L a, L b) => a * b;
    }

    private readonly struct Total : IPairing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Of(L a, L b) => a + b;
    }

    private readonly struct Difference : IPairing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Of(L a, L b) => a - b;
    }
}
