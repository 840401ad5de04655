using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The fraction of x, what <see cref="Truncate"/> leaves: y = x − trunc x, with the sign of x.</summary>
/// <remarks>∂y/∂x = 1, also at the jumps. Exact. A zero has the sign of x. NaN at ±∞, and NaN gives NaN; a result of NaN has the gradient NaN.</remarks>
public readonly struct Frac : IUnary<Frac>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.4, -1.1), (0.1, 0.4), (1.2, 1.8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x);
        return R.CopySign(a - Rounding.Down(a), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1), y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Frac"/>
        public R Frac() => R.Apply<Frac>(x);
    }
}
