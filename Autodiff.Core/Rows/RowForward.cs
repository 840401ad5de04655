using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Runs instructions over one block of rows, lanes of one width.</summary>
internal static unsafe class RowForward<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<RowInstruction> instructions, in RowFrame<T> frame)
    {
        ScalarRule<T>[] rules = ScalarTable<T>.Rules;
        foreach (ref readonly RowInstruction s in instructions)
        {
            switch (s.Form)
            {
                case RowForm.OneFactor: OneFactor(s, frame); break;
                case RowForm.OneSumS: OneSum<SharedOperand>(s, frame); break;
                case RowForm.OneSumC: OneSum<CellOperand>(s, frame); break;
                case RowForm.SumsCC: Sums<CellOperand, CellOperand>(s, frame); break;
                case RowForm.SumsCS: Sums<CellOperand, SharedOperand>(s, frame); break;
                case RowForm.SumsSC: Sums<SharedOperand, CellOperand>(s, frame); break;
                case RowForm.SumsSS: Sums<SharedOperand, SharedOperand>(s, frame); break;
                case RowForm.ProductCC: Pairs<Product, CellOperand, CellOperand>(s, frame); break;
                case RowForm.ProductCS: Pairs<Product, CellOperand, SharedOperand>(s, frame); break;
                case RowForm.TotalCC: Pairs<Total, CellOperand, CellOperand>(s, frame); break;
                case RowForm.TotalCS: Pairs<Total, CellOperand, SharedOperand>(s, frame); break;
                case RowForm.DifferenceCC: Pairs<Difference, CellOperand, CellOperand>(s, frame); break;
                case RowForm.DifferenceCS: Pairs<Difference, CellOperand, SharedOperand>(s, frame); break;
                case RowForm.DifferenceSC: Pairs<Difference, SharedOperand, CellOperand>(s, frame); break;
                default: rules[s.Rule].MapRow(Row(s, frame), frame.Cells + ((long)s.D * frame.Lanes), s.Count * frame.Lanes); break;
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
        => (s.Flags & cell) != 0 ? frame.Cells + ((long)index * frame.Lanes) : frame.Shared + index;

    // d = c ± a·b, one vector of all operations of the run after the other
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sums<B, C>(in RowInstruction s, in RowFrame<T> frame) where B : struct, IRowOperand where C : struct, IRowOperand
    {
        int lanes = frame.Lanes;
        T* firstD = frame.Cells + ((long)s.D * frame.Lanes), firstA = frame.Cells + ((long)s.A * frame.Lanes);
        T* firstB = At(s, RowFlags.CellB, s.B, frame), firstC = At(s, RowFlags.CellC, s.C, frame);
        long nextD = s.StrideD * lanes, nextA = s.StrideA * lanes, nextB = B.IsCell ? s.StrideB * lanes : s.StrideB, nextC = C.IsCell ? s.StrideC * lanes : s.StrideC;
        bool negative = (s.Flags & RowFlags.Negative) != 0;
        int count = s.Count;
        for (int q = 0; q < lanes; q += L.Count)
        {
            T* d = firstD + q, a = firstA + q, b = B.IsCell ? firstB + q : firstB, c = C.IsCell ? firstC + q : firstC;
            for (int n = count; n > 0; n--, d += nextD, a += nextA, b += nextB, c += nextC)
            {
                L x = L.Load(a);
                if (negative) x = -x;
                L.Store(L.FusedMultiplyAdd(x, B.Load<L, T>(b, 0), C.Load<L, T>(c, 0)), d);
            }
        }
    }

    // dᵢ += a·uᵢ, two vectors at a time
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneFactor(in RowInstruction s, in RowFrame<T> frame)
    {
        int lanes = frame.Lanes, nextU = s.StrideB, count = s.Count;
        long nextD = s.StrideD * lanes;
        T* firstD = frame.Cells + ((long)s.D * lanes), a = frame.Cells + ((long)s.A * lanes), firstU = frame.Shared + s.B;
        for (int q = 0; q < lanes; q += 2 * L.Count)
        {
            T* d = firstD + q, u = firstU;
            L x0 = L.Load(a + q), x1 = L.Load(a + q + L.Count);
            int n = count;
            for (; n > 1; n -= 2, d += 2 * nextD, u += 2 * nextU)
            {
                L k = L.Broadcast(*u), m = L.Broadcast(u[nextU]);
                L.Store(L.FusedMultiplyAdd(x0, k, L.Load(d)), d);
                L.Store(L.FusedMultiplyAdd(x1, k, L.Load(d + L.Count)), d + L.Count);
                L.Store(L.FusedMultiplyAdd(x0, m, L.Load(d + nextD)), d + nextD);
                L.Store(L.FusedMultiplyAdd(x1, m, L.Load(d + nextD + L.Count)), d + nextD + L.Count);
            }

            if (n == 0) continue;
            L.Store(L.FusedMultiplyAdd(x0, L.Broadcast(*u), L.Load(d)), d);
            L.Store(L.FusedMultiplyAdd(x1, L.Broadcast(*u), L.Load(d + L.Count)), d + L.Count);
        }
    }

    // d += aᵢ·bᵢ: four sums at a time, so that none waits for the one before
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneSum<B>(in RowInstruction s, in RowFrame<T> frame) where B : struct, IRowOperand
    {
        int lanes = frame.Lanes, count = s.Count;
        long nextA = s.StrideA * lanes, nextB = B.IsCell ? s.StrideB * lanes : s.StrideB;
        T* d = frame.Cells + ((long)s.D * lanes), firstA = frame.Cells + ((long)s.A * lanes), firstB = B.IsCell ? frame.Cells + ((long)s.B * lanes) : frame.Shared + s.B;
        for (int q = 0; q < lanes; q += 2 * L.Count)
        {
            T* a = firstA + q, b = B.IsCell ? firstB + q : firstB;
            L even0 = L.Load(d + q), even1 = L.Load(d + q + L.Count), odd0 = L.Of(0), odd1 = odd0;
            int n = count;
            for (; n > 1; n -= 2, a += 2 * nextA, b += 2 * nextB)
            {
                even0 = L.FusedMultiplyAdd(L.Load(a), B.Load<L, T>(b, 0), even0);
                even1 = L.FusedMultiplyAdd(L.Load(a + L.Count), B.Load<L, T>(b, L.Count), even1);
                odd0 = L.FusedMultiplyAdd(L.Load(a + nextA), B.Load<L, T>(b + nextB, 0), odd0);
                odd1 = L.FusedMultiplyAdd(L.Load(a + nextA + L.Count), B.Load<L, T>(b + nextB, L.Count), odd1);
            }

            if (n > 0)
            {
                even0 = L.FusedMultiplyAdd(L.Load(a), B.Load<L, T>(b, 0), even0);
                even1 = L.FusedMultiplyAdd(L.Load(a + L.Count), B.Load<L, T>(b, L.Count), even1);
            }

            L.Store(even0 + odd0, d + q);
            L.Store(even1 + odd1, d + q + L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pairs<TPair, A, B>(in RowInstruction s, in RowFrame<T> frame) where TPair : struct, IPairing where A : struct, IRowOperand where B : struct, IRowOperand
    {
        int lanes = frame.Lanes;
        T* d = frame.Cells + ((long)s.D * lanes), a = At(s, RowFlags.CellA, s.A, frame), b = At(s, RowFlags.CellB, s.B, frame);
        long nextD = s.StrideD * lanes, nextA = A.IsCell ? s.StrideA * lanes : s.StrideA, nextB = B.IsCell ? s.StrideB * lanes : s.StrideB;
        for (int n = s.Count; n > 0; n--, d += nextD, a += nextA, b += nextB)
            for (int q = 0; q < lanes; q += L.Count) L.Store(TPair.Of(A.Load<L, T>(a, q), B.Load<L, T>(b, q)), d + q);
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
