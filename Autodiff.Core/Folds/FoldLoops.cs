using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff;

/// <summary>The pulls of folds whose operands lie side by side, over lanes.</summary>
internal static unsafe class FoldLoops<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x̄ᵢ += w·∂y/∂xᵢ.</summary>
    public static void Pull<TOp>(T* x, T* xBar, T w, T y, int n) where TOp : struct, IFold<TOp>
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count) i = Pull<TOp, Lane512<T>>(x, xBar, w, y, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = Pull<TOp, Lane256<T>>(x, xBar, w, y, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = Pull<TOp, Lane128<T>>(x, xBar, w, y, i, n);
        if (i < n) Pull<TOp, One<T>>(x, xBar, w, y, i, n);
    }

    /// <summary>āᵢ += w·∂y/∂aᵢ, of two lists; operand K is a's or b's.</summary>
    public static void PullPair<TOp, K>(T* a, T* b, T* bar, T w, T y, int n) where TOp : struct, IPairFold<TOp> where K : struct, IOperand
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count) i = PullPair<TOp, K, Lane512<T>>(a, b, bar, w, y, i, n);
        if (Vector256.IsHardwareAccelerated && n - i >= Vector256<T>.Count) i = PullPair<TOp, K, Lane256<T>>(a, b, bar, w, y, i, n);
        if (Vector128.IsHardwareAccelerated && n - i >= Vector128<T>.Count) i = PullPair<TOp, K, Lane128<T>>(a, b, bar, w, y, i, n);
        if (i < n) PullPair<TOp, K, One<T>>(a, b, bar, w, y, i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pull<TOp, L>(T* x, T* xBar, T w, T y, int i, int n) where TOp : struct, IFold<TOp> where L : struct, IVectorLane<L, T>
    {
        L lw = L.Broadcast(w), ly = L.Broadcast(y);
        for (; i + L.Count <= n; i += L.Count) L.Store(L.Load(xBar + i) + (lw * TOp.Partial(L.Load(x + i), ly)), xBar + i);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PullPair<TOp, K, L>(T* a, T* b, T* bar, T w, T y, int i, int n)
        where TOp : struct, IPairFold<TOp> where K : struct, IOperand where L : struct, IVectorLane<L, T>
    {
        L lw = L.Broadcast(w), ly = L.Broadcast(y);
        for (; i + L.Count <= n; i += L.Count)
        {
            L x = L.Load(a + i), z = L.Load(b + i);
            L.Store(L.Load(bar + i) + (lw * (K.Index == 0 ? TOp.PartialA(x, z, ly) : TOp.PartialB(x, z, ly))), bar + i);
        }

        return i;
    }
}
