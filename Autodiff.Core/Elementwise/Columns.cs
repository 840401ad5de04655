using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Rows of operands at fixed distances; those of results lie one after the other.</summary>
internal struct RowsOf<T> where T : unmanaged
{
    public RowOf<T> First;
    public int NextA, NextB, NextC, Next, Count;
}

/// <summary>The elementwise loop that adds the cotangents of many rows to one row that they all share, column by column.</summary>
internal static unsafe class Columns<E, T, L>
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    /// <summary>x̄ += Σ ȳ · ∂f/∂x over the rows, one after the other, from column i on while a whole lane is left; returns where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Pull<K>(in RowsOf<T> rows, T* y, T* yBar, T* xBar, bool fresh, int i, int n) where K : struct, IOperand
    {
        bool ra = rows.First.StrideA == 0, rb = rows.First.StrideB == 0, rc = rows.First.StrideC == 0;
        int count = rows.Count, next = rows.Next, nextA = rows.NextA, nextB = rows.NextB, nextC = rows.NextC;
        L zero = L.Of(0);
        for (; i + L.Count <= n; i += L.Count)
        {
            T* pa = rows.First.A + (ra ? 0 : i), pb = rows.First.B + (rb ? 0 : i), pc = rows.First.C + (rc ? 0 : i), py = y + i, pBar = yBar + i;
            L sum = fresh ? zero : L.Load(xBar + i);
            for (int k = 0; k < count; k++)
            {
                L a = ra ? L.Broadcast(*pa) : L.Load(pa);
                L b = E.Arity < 2 ? zero : rb ? L.Broadcast(*pb) : L.Load(pb);
                L c = E.Arity < 3 ? zero : rc ? L.Broadcast(*pc) : L.Load(pc);
                L w = L.Load(pBar);
                sum += w * L.IfEqual(w, zero, zero, E.Partial<L, K>(a, b, c, L.Load(py)));
                pa += nextA;
                pb += nextB;
                pc += nextC;
                py += next;
                pBar += next;
            }

            L.Store(sum, xBar + i);
        }

        return i;
    }
}
