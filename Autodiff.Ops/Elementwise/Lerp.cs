using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Linear interpolation: y = a + w·(b − a), for any weight w, also outside 0 … 1.</summary>
/// <remarks>∂y/∂a = 1 − w, ∂y/∂b = w, ∂y/∂w = b − a. For finite a and b it is a at w = 0 and b at w = 1, just so; never decreases (or never increases) in w, so that it stays between a and b for
/// 0 ≤ w ≤ 1; is a wherever a = b; and does not overflow in between. NaN gives NaN, and so does 0 · ∞. Method: products fused with sums, of (1 − w)·a + w·b
/// where a and b have not the same sign, else of a + w·(b − a), held at b on the way to w = 1.</remarks>
public readonly struct Lerp : ITernary<Lerp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.C;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
    {
        // both summands of the first form grow with w, each rounded product with them; of the second, a fused product grows with w but may end beside b
        R zero = R.Of(0), one = R.Of(1), d = b - a, y = R.FusedMultiplyAdd(c, d, a), apart = R.FusedMultiplyAdd(c, b, R.FusedMultiplyAdd(-c, a, a));
        R least = R.IfGreater(b, y, b, y), greatest = R.IfGreater(y, b, b, y);
        y = R.IfGreater(R.IfGreater(c, one, d, -d), zero, least, greatest);
        y = R.IfEqual(c, one, R.IfEqual(y, y, b, y), y);
        return R.IfEqual(a, b, R.IfEqual(c, c, a, c), R.IfGreater(R.IfGreater(a, zero, b, -b), zero, y, apart));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.Of(1) - c;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => c;

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => b - a;
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Lerp"/>
        public R Lerp(R b, R weight) => R.Apply<Lerp>(a, b, weight);

        /// <inheritdoc cref="Autodiff.Lerp"/>
        [OverloadResolutionPriority(1)]
        public R Lerp(R b, double weight) => R.Apply<Lerp>(a, b, R.Of(weight));
    }
}
