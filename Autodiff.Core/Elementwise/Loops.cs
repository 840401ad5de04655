using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff;

/// <summary>The elementwise loops over whole tensors: rows of a broadcast, each in the widest lanes the machine has, the rest in narrower ones.</summary>
internal static unsafe class Loops<E, T>
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Map(in Broadcasting plan, T* a, T* b, T* c, T* y)
    {
        int n = plan.Inner;
        Broadcasting.Counter row = default;
        for (int k = 0; k < plan.Rows; k++, row.Next(plan), y += n) MapRow(plan.Row(row, a, b, c), y, n);
    }

    /// <summary>Adds the cotangent of operand K; <paramref name="xBar"/> has that operand's own shape: this is where broadcasting is undone.</summary>
    public static void Pull<K>(in Broadcasting plan, T* a, T* b, T* c, T* y, T* yBar, T* xBar, bool fresh) where K : struct, IOperand
    {
        int n = plan.Inner, stride = plan.InnerStride(K.Index);
        Broadcasting.Counter row = default;
        for (int k = 0; k < plan.Rows; k++, row.Next(plan), y += n, yBar += n)
        {
            T* target = xBar + row.Offset(K.Index);
            if (stride == 0) *target += PullRowSum<K>(plan.Row(row, a, b, c), y, yBar, n);
            else PullRow<K>(plan.Row(row, a, b, c), y, yBar, target, fresh, n);
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
    private static void PullRow<K>(in RowOf<T> row, T* y, T* yBar, T* xBar, bool fresh, int n) where K : struct, IOperand
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = Row<E, T, Lane512<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Row<E, T, Lane256<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Row<E, T, Lane128<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
        if (i < n) Row<E, T, One<T>>.Pull<K>(row, y, yBar, xBar, fresh, i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T PullRowSum<K>(in RowOf<T> row, T* y, T* yBar, int n) where K : struct, IOperand
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
