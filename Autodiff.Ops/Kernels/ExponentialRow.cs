using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The passes of a softmax over one row of at least one lane. The last lane overlaps the one before where the row is not made of whole lanes.</summary>
internal static unsafe class ExponentialRow<T, L>
    where T : unmanaged, IFloatingPointIeee754<T>
    where L : struct, IVectorLane<L, T>
{
    /// <summary>Elements that are added up lane by lane, 256 one after the other; the error of a sum of n is at most about (256 + n / Block)·u relative.</summary>
    private static int Block
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 256 * L.Count;
    }

    /// <summary>The greatest of a row. A NaN that is first stays; any other is passed over: it shows in the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T Greatest(T* x, int n)
    {
        if (T.IsNaN(*x)) return *x;

        // two at a time: a comparison waits for the one before
        L best = L.Broadcast(*x), other = best;
        int i = 0;
        for (; i + (2 * L.Count) <= n; i += 2 * L.Count)
        {
            L a = L.Load(x + i), b = L.Load(x + i + L.Count);
            best = L.IfGreater(a, best, a, best);
            other = L.IfGreater(b, other, b, other);
        }

        for (; i < n; i += L.Count)
        {
            L a = L.Load(x + Math.Min(i, n - L.Count));
            best = L.IfGreater(a, best, a, best);
        }

        return L.Greatest(L.IfGreater(other, best, other, best));
    }

    /// <summary>y = e^(scale·(x − m)) by the formula of the elementwise exponential; returns Σ y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T Exponentials(T* x, T* y, int n, T m, T scale)
    {
        L shift = L.Broadcast(m), factor = L.Broadcast(scale);
        T total = T.Zero;
        for (int i = 0; i < n;)
        {
            L sum = L.Of(0);
            for (int end = Math.Min(n, i + Block); i < end; i += L.Count)
            {
                // the last lane may overlap the one before: then it is not added as a whole
                int at = Math.Min(i, n - L.Count);
                L e = Exp.Primal(factor * (L.Load(x + at) - shift));
                L.Store(e, y + at);
                if (at == i) sum += e;
            }

            total += L.Sum(sum);
        }

        for (int i = n - (n % L.Count); i < n; i++) total += y[i];
        return total;
    }

    /// <summary>Σ e^(x − m).</summary>
    public static T Sum(T* x, int n, T m)
    {
        T total = T.Zero;
        T* part = stackalloc T[Part];
        for (int i = 0; i < n; i += Part)
        {
            // a part of less than a lane begins earlier, and what it has twice is left out of the sum
            int count = Math.Min(Part, n - i), before = Math.Max(0, L.Count - count);
            T sum = Exponentials(x + i - before, part, count + before, m, T.One);
            total += before == 0 ? sum : Tail(part + before, count);
        }

        return total;
    }

    /// <summary>y = f·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(T* y, int n, T f)
    {
        L factor = L.Broadcast(f), last = factor * L.Load(y + n - L.Count);
        for (int i = 0; i + L.Count <= n; i += L.Count) L.Store(factor * L.Load(y + i), y + i);
        L.Store(last, y + n - L.Count);
    }

    /// <summary>Numbers that are put down on the way to a sum: they stay in the first-level cache.</summary>
    private const int Part = 256;

    private static T Tail(T* y, int n)
    {
        T sum = T.Zero;
        for (int i = 0; i < n; i++) sum += y[i];
        return sum;
    }
}
