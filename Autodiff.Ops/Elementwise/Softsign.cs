using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Softsign: y = x / (1 + |x|).</summary>
/// <remarks>∂y/∂x = 1 / (1 + |x|)². ±1 at ±∞. NaN gives NaN. Source: Glorot and Bengio, AISTATS 2010.</remarks>
public readonly struct Softsign : IUnary<Softsign>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.NonZero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R a = R.Magnitude(x), one = R.Of(1);
        return R.CopySign(R.IfEqual(a, R.Of(double.PositiveInfinity), one, a / (one + a)), x);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => (R.Of(1) + x.Abs()).Reciprocal().Square();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Softsign"/>
        public R Softsign() => R.Apply<Softsign>(x);
    }
}
