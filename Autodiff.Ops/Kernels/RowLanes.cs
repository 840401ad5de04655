using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>One step of a row's work, read over lanes of one width.</summary>
internal interface IRowStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From element i on while a whole lane is left before n; returns where it stopped.</summary>
    int Run<L>(int i, int n) where L : struct, IVectorLane<L, T>;
}

/// <summary>Runs a step over a row: in the widest lanes first, the rest in narrower ones.</summary>
internal static class RowLanes
{
    /// <summary>Runs a step over n elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TStep>(ref TStep step, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IRowStep<T>
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n - i >= Vector512<T>.Count) i = step.Run<Lane512<T>>(i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = step.Run<Lane256<T>>(i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = step.Run<Lane128<T>>(i, n);
        if (i < n) step.Run<One<T>>(i, n);
    }
}
