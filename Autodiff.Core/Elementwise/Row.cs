using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>One row of operands: a pointer each, and a stride of 1 or, for a broadcast number, 0.</summary>
internal unsafe struct RowOf<T> where T : unmanaged
{
    public T* A, B, C;
    public int StrideA, StrideB, StrideC;
}

/// <summary>The elementwise loops over one row, read over lanes of one width (or over plain numbers).</summary>
internal static unsafe class Row<E, T, L>
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    /// <summary>y = f(a, b, c) from element i on while a whole lane is left; returns where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Map(in RowOf<T> row, T* y, int i, int n)
    {
        T* pa = row.A, pb = row.B, pc = row.C;
        bool ra = row.StrideA == 0, rb = row.StrideB == 0, rc = row.StrideC == 0;
        L ca = ra ? L.Broadcast(*pa) : default, cb = E.Arity > 1 && rb ? L.Broadcast(*pb) : default, cc = E.Arity > 2 && rc ? L.Broadcast(*pc) : default;
        for (; i + L.Count <= n; i += L.Count)
        {
            L a = ra ? ca : L.Load(pa + i);
            L b = E.Arity < 2 || rb ? cb : L.Load(pb + i);
            L c = E.Arity < 3 || rc ? cc : L.Load(pc + i);
            L.Store(E.Primal(a, b, c), y + i);
        }

        return i;
    }

    /// <summary>
    /// x̄ += ȳ · ∂f/∂x, and where ȳ is zero, zero, whatever the derivative. Into a fresh x̄ it is stored, so that nobody has to clear it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Pull<K>(in RowOf<T> row, T* y, T* yBar, T* xBar, bool fresh, int i, int n) where K : struct, IOperand
    {
        T* pa = row.A, pb = row.B, pc = row.C;
        bool ra = row.StrideA == 0, rb = row.StrideB == 0, rc = row.StrideC == 0;
        L ca = ra ? L.Broadcast(*pa) : default, cb = E.Arity > 1 && rb ? L.Broadcast(*pb) : default, cc = E.Arity > 2 && rc ? L.Broadcast(*pc) : default;
        L zero = L.Of(0);
        for (; i + L.Count <= n; i += L.Count)
        {
            L a = ra ? ca : L.Load(pa + i);
            L b = E.Arity < 2 || rb ? cb : L.Load(pb + i);
            L c = E.Arity < 3 || rc ? cc : L.Load(pc + i);
            L w = L.Load(yBar + i);
            L p = L.IfEqual(w, zero, zero, E.Partial<L, K>(a, b, c, L.Load(y + i)));
            L.Store((fresh ? zero : L.Load(xBar + i)) + (w * p), xBar + i);
        }

        return i;
    }

    /// <summary>The same for an operand that is one number along the row: the sum over the lanes' part goes to <paramref name="sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int PullSum<K>(in RowOf<T> row, T* y, T* yBar, ref T sum, int i, int n) where K : struct, IOperand
    {
        T* pa = row.A, pb = row.B, pc = row.C;
        bool ra = row.StrideA == 0, rb = row.StrideB == 0, rc = row.StrideC == 0;
        L ca = ra ? L.Broadcast(*pa) : default, cb = E.Arity > 1 && rb ? L.Broadcast(*pb) : default, cc = E.Arity > 2 && rc ? L.Broadcast(*pc) : default;
        L zero = L.Of(0), s = zero;
        for (; i + L.Count <= n; i += L.Count)
        {
            L a = ra ? ca : L.Load(pa + i);
            L b = E.Arity < 2 || rb ? cb : L.Load(pb + i);
            L c = E.Arity < 3 || rc ? cc : L.Load(pc + i);
            L w = L.Load(yBar + i);
            s += w * L.IfEqual(w, zero, zero, E.Partial<L, K>(a, b, c, L.Load(y + i)));
        }

        sum += L.Sum(s);
        return i;
    }
}
