using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff;

/// <summary>The elementwise loops over whole tensors: rows of a broadcast, each in the widest lanes the machine has, the rest in narrower ones.</summary>
internal static unsafe class Loops<E, T>
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>y = f(a, b, c) over operands of one shape.</summary>
    public static void Map(int size, T* a, T* b, T* c, T* y)
    {
        if (!Broadcasting.IsShared(size)) MapRow(new RowOf<T> { A = a, B = b, C = c, StrideA = 1, StrideB = 1, StrideC = 1 }, y, size);
        else Map(Broadcasting.Same(size), a, b, c, y);
    }

    /// <summary>Adds the cotangent of operand K, all operands having one shape.</summary>
    public static void Pull<K>(int size, T* a, T* b, T* c, T* y, T* yBar, T* xBar, bool fresh) where K : struct, IOperand
    {
        if (!Broadcasting.IsShared(size)) PullRow<K>(new RowOf<T> { A = a, B = b, C = c, StrideA = 1, StrideB = 1, StrideC = 1 }, y, yBar, xBar, fresh, size);
        else Pull<K>(Broadcasting.Same(size), a, b, c, y, yBar, xBar, fresh, whole: true);
    }

    /// <summary>y = f(a, b, c), y row-major, the operands laid over it.</summary>
    public static void Map(in Broadcasting plan, T* a, T* b, T* c, T* y)
    {
        int parts = plan.Parts;
        if (parts == 1) MapRows(plan.Whole, a, b, c, y, plan);
        else
        {
            MapJob<E, T> job = new() { Plan = plan, A = a, B = b, C = c, Y = y };
            Parallelism.For(parts, &job);
        }
    }

    /// <summary>
    /// Adds the cotangent of operand K; <paramref name="xBar"/> has that operand's own shape: this is where broadcasting is undone. Where each of its
    /// elements is read once (<paramref name="whole"/>), parts of the work do not meet and may be shared.
    /// </summary>
    public static void Pull<K>(in Broadcasting plan, T* a, T* b, T* c, T* y, T* yBar, T* xBar, bool fresh, bool whole) where K : struct, IOperand
    {
        int parts = whole ? plan.Parts : 1;
        if (parts == 1) PullRows<K>(plan.Whole, a, b, c, y, yBar, xBar, fresh, plan);
        else
        {
            PullJob<E, T, K> job = new() { Plan = plan, A = a, B = b, C = c, Y = y, YBar = yBar, XBar = xBar, Fresh = fresh };
            Parallelism.For(parts, &job);
        }
    }

    public static void MapRows(in Broadcasting.Part part, T* a, T* b, T* c, T* y, in Broadcasting plan)
    {
        Broadcasting.Counter row = plan.At(part.Row);
        y += ((long)part.Row * plan.Inner) + part.Start;
        for (int k = 0; k < part.Rows; k++, row.Next(plan), y += plan.Inner) MapRow(plan.Row(row, a, b, c, part.Start), y, part.Length);
    }

    public static void PullRows<K>(in Broadcasting.Part part, T* a, T* b, T* c, T* y, T* yBar, T* xBar, bool fresh, in Broadcasting plan) where K : struct, IOperand
    {
        int stride = plan.InnerStride(K.Index);
        Broadcasting.Counter row = plan.At(part.Row);
        long first = ((long)part.Row * plan.Inner) + part.Start;
        y += first;
        yBar += first;
        xBar += (long)part.Start * stride;
        if (stride == 1 && plan.SumsRows(K.Index))
        {
            // a bias, for example: the rows all go to the same numbers, which stay in registers
            RowsOf<T> rows = new() { First = plan.Row(row, a, b, c, part.Start), NextA = plan.NextRow(0), NextB = plan.NextRow(1), NextC = plan.NextRow(2), Next = plan.Inner, Count = part.Rows };
            PullColumns<K>(rows, y, yBar, xBar, fresh, part.Length);
            return;
        }

        for (int k = 0; k < part.Rows; k++, row.Next(plan), y += plan.Inner, yBar += plan.Inner)
        {
            T* target = xBar + row.Offset(K.Index);
            if (stride == 0) *target += PullRowSum<K>(plan.Row(row, a, b, c, part.Start), y, yBar, part.Length);
            else PullRow<K>(plan.Row(row, a, b, c, part.Start), y, yBar, target, fresh, part.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MapRow(in RowOf<T> row, T* y, int n)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Row<E, T, Lane512<T>>.Map(row, y, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Row<E, T, Lane256<T>>.Map(row, y, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Row<E, T, Lane128<T>>.Map(row, y, i, n);
        if (i < n) Row<E, T, One<T>>.Map(row, y, i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PullRow<K>(in RowOf<T> row, T* y, T* yBar, T* xBar, bool fresh, int n) where K : struct, IOperand
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Row<E, T, Lane512<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Row<E, T, Lane256<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Row<E, T, Lane128<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (i < n) Row<E, T, One<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PullColumns<K>(in RowsOf<T> rows, T* y, T* yBar, T* xBar, bool fresh, int n) where K : struct, IOperand
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Columns<E, T, Lane512<T>>.Pull<K>(rows, y, yBar, xBar, fresh, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Columns<E, T, Lane256<T>>.Pull<K>(rows, y, yBar, xBar, fresh, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Columns<E, T, Lane128<T>>.Pull<K>(rows, y, yBar, xBar, fresh, i, n);
        if (i < n) Columns<E, T, One<T>>.Pull<K>(rows, y, yBar, xBar, fresh, i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T PullRowSum<K>(in RowOf<T> row, T* y, T* yBar, int n) where K : struct, IOperand
    {
        int i = 0;
        T sum = T.Zero;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Row<E, T, Lane512<T>>.PullSum<K>(row, y, yBar, ref sum, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Row<E, T, Lane256<T>>.PullSum<K>(row, y, yBar, ref sum, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Row<E, T, Lane128<T>>.PullSum<K>(row, y, yBar, ref sum, i, n);
        if (i < n) Row<E, T, One<T>>.PullSum<K>(row, y, yBar, ref sum, i, n);
        return sum;
    }
}
