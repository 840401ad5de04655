using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The pulls of products, with or without a sum: ā += ±d̄·b, b̄ += ±d̄·a, lanes of one width. This is where most of the time goes.</summary>
internal static unsafe class RowProducts<T, L, M>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
    where M : struct, IMasking
{
    private const int Batch = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in RowInstruction s, in RowFrame<T> frame)
    {
        RowPull pull = s.Pull;
        if (M.IsOn && pull != RowPull.None) pull = (s.Flags & RowFlags.CellB) != 0 ? RowPull.Cells : RowPull.Shared;
        switch (pull)
        {
            case RowPull.OneFactor: OneFactor(s, frame); break;
            case RowPull.OneSum: OneSum(s, frame); break;
            case RowPull.Each: Each(s, frame); break;
            case RowPull.Squares: Squares(s, frame); break;
            case RowPull.Cells: General<CellOperand>(s, frame); break;
            case RowPull.Shared: General<SharedOperand>(s, frame); break;
            default: break;
        }
    }

    // dᵢ += a·uᵢ: the factor's adjoint stays in a register, the sums over lanes are taken four at a time
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneFactor(in RowInstruction s, in RowFrame<T> frame)
    {
        int lanes = frame.Lanes;
        long next = s.StrideD * lanes, a = (long)s.A * lanes;
        for (int q = 0; q < lanes; q += 2 * L.Count)
        {
            T* dBar = frame.CellBars + ((long)s.D * lanes) + q, u = frame.Shared + s.B, uBar = frame.SharedBars + s.B;
            L x0 = L.Load(frame.Cells + a + q), x1 = L.Load(frame.Cells + a + q + L.Count);
            L bar0 = L.Load(frame.CellBars + a + q), bar1 = L.Load(frame.CellBars + a + q + L.Count);
            int n = s.Count;
            for (; n >= Batch; n -= Batch, dBar += Batch * next, u += Batch, uBar += Batch)
            {
                L s0 = Pull(dBar, u, x0, x1, ref bar0, ref bar1), s1 = Pull(dBar + next, u + 1, x0, x1, ref bar0, ref bar1);
                L s2 = Pull(dBar + (2 * next), u + 2, x0, x1, ref bar0, ref bar1), s3 = Pull(dBar + (3 * next), u + 3, x0, x1, ref bar0, ref bar1);
                L.AddSums(s0, s1, s2, s3, uBar);
            }

            for (; n > 0; n--, dBar += next, u++, uBar++) *uBar += L.Sum(Pull(dBar, u, x0, x1, ref bar0, ref bar1));
            L.Store(bar0, frame.CellBars + a + q);
            L.Store(bar1, frame.CellBars + a + q + L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Pull(T* dBar, T* u, L x0, L x1, ref L bar0, ref L bar1)
    {
        L k = L.Broadcast(*u), w0 = L.Load(dBar);
        bar0 = L.FusedMultiplyAdd(w0, k, bar0);
        L w1 = L.Load(dBar + L.Count);
        bar1 = L.FusedMultiplyAdd(w1, k, bar1);
        return L.FusedMultiplyAdd(w0, x0, w1 * x1);
    }

    // d += aᵢ·uᵢ: the sum's adjoint stays in a register
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneSum(in RowInstruction s, in RowFrame<T> frame)
    {
        int lanes = frame.Lanes;
        long next = s.StrideA * lanes, d = (long)s.D * lanes;
        for (int q = 0; q < lanes; q += 2 * L.Count)
        {
            T* x = frame.Cells + ((long)s.A * lanes) + q, bar = frame.CellBars + ((long)s.A * lanes) + q, u = frame.Shared + s.B, uBar = frame.SharedBars + s.B;
            L w0 = L.Load(frame.CellBars + d + q), w1 = L.Load(frame.CellBars + d + q + L.Count);
            int n = s.Count;
            for (; n >= Batch; n -= Batch, x += Batch * next, bar += Batch * next, u += Batch, uBar += Batch)
            {
                L s0 = Push(x, bar, u, w0, w1), s1 = Push(x + next, bar + next, u + 1, w0, w1);
                L s2 = Push(x + (2 * next), bar + (2 * next), u + 2, w0, w1), s3 = Push(x + (3 * next), bar + (3 * next), u + 3, w0, w1);
                L.AddSums(s0, s1, s2, s3, uBar);
            }

            for (; n > 0; n--, x += next, bar += next, u++, uBar++) *uBar += L.Sum(Push(x, bar, u, w0, w1));
        }
    }

    // dᵢ = aᵢ·uᵢ, where no d is an a of the run
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Each(in RowInstruction s, in RowFrame<T> frame)
    {
        int lanes = frame.Lanes;
        long nextA = s.StrideA * lanes, nextD = s.StrideD * lanes;
        for (int q = 0; q < lanes; q += 2 * L.Count)
        {
            T* x = frame.Cells + ((long)s.A * lanes) + q, bar = frame.CellBars + ((long)s.A * lanes) + q, dBar = frame.CellBars + ((long)s.D * lanes) + q;
            T* u = frame.Shared + s.B, uBar = frame.SharedBars + s.B;
            int n = s.Count;
            for (; n >= Batch; n -= Batch, u += Batch, uBar += Batch)
            {
                L s0 = Push(x, bar, u, L.Load(dBar), L.Load(dBar + L.Count));
                L s1 = Push(x + nextA, bar + nextA, u + 1, L.Load(dBar + nextD), L.Load(dBar + nextD + L.Count));
                x += 2 * nextA;
                bar += 2 * nextA;
                dBar += 2 * nextD;
                L s2 = Push(x, bar, u + 2, L.Load(dBar), L.Load(dBar + L.Count));
                L s3 = Push(x + nextA, bar + nextA, u + 3, L.Load(dBar + nextD), L.Load(dBar + nextD + L.Count));
                x += 2 * nextA;
                bar += 2 * nextA;
                dBar += 2 * nextD;
                L.AddSums(s0, s1, s2, s3, uBar);
            }

            for (; n > 0; n--, x += nextA, bar += nextA, dBar += nextD, u++, uBar++) *uBar += L.Sum(Push(x, bar, u, L.Load(dBar), L.Load(dBar + L.Count)));
        }
    }

    // d += aᵢ²
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Squares(in RowInstruction s, in RowFrame<T> frame)
    {
        int lanes = frame.Lanes;
        long next = s.StrideA * lanes;
        for (int q = 0; q < lanes; q += L.Count)
        {
            T* x = frame.Cells + ((long)s.A * lanes) + q, bar = frame.CellBars + ((long)s.A * lanes) + q;
            L w = L.Load(frame.CellBars + ((long)s.D * lanes) + q), twice = w + w;
            for (int n = s.Count; n > 0; n--, x += next, bar += next) L.Store(L.FusedMultiplyAdd(twice, L.Load(x), L.Load(bar)), bar);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Push(T* x, T* bar, T* u, L w0, L w1)
    {
        L k = L.Broadcast(*u);
        L.Store(L.FusedMultiplyAdd(w0, k, L.Load(bar)), bar);
        L.Store(L.FusedMultiplyAdd(w1, k, L.Load(bar + L.Count)), bar + L.Count);
        return L.FusedMultiplyAdd(w0, L.Load(x), w1 * L.Load(x + L.Count));
    }

    // any run, from its last operation on
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void General<B>(in RowInstruction s, in RowFrame<T> frame) where B : struct, IRowOperand
    {
        int last = s.Count - 1, lanes = frame.Lanes;
        T* dBar = frame.CellBars + ((long)(s.D + (last * s.StrideD)) * lanes);
        long atA = (long)(s.A + (last * s.StrideA)) * lanes, atB = (long)(s.B + (last * s.StrideB)) * (B.IsCell ? lanes : 1);
        T* a = frame.Cells + atA, aBar = frame.CellBars + atA;
        T* b = (B.IsCell ? frame.Cells : frame.Shared) + atB, bBar = (B.IsCell ? frame.CellBars : frame.SharedBars) + atB;
        long nextD = s.StrideD * lanes, nextA = s.StrideA * lanes, nextB = B.IsCell ? s.StrideB * lanes : s.StrideB;
        bool negative = (s.Flags & RowFlags.Negative) != 0, pullsA = (s.Flags & RowFlags.BarA) != 0, pullsB = (s.Flags & RowFlags.BarB) != 0;
        L zero = L.Of(0);
        for (int n = s.Count; n > 0; n--, dBar -= nextD, a -= nextA, aBar -= nextA, b -= nextB, bBar -= nextB)
        {
            L sum = zero;
            for (int q = 0; q < lanes; q += L.Count)
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
