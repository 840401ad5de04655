using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>What division leaves, with the sign of the dividend: y = a − b·trunc(a/b), as C's <c>fmod</c>, C#'s <c>%</c> and <c>torch.fmod</c>.</summary>
/// <remarks>∂y/∂a = 1, ∂y/∂b = −trunc(a/b): an integer, declared constant, also at the jumps. Exact for all numbers. NaN for b = 0 and for infinite a; a where b is infinite. NaN gives
/// NaN, and a result of NaN both gradients. With the sign of the divisor: <see cref="Remainder"/>.</remarks>
public readonly struct Fmod : IBinary<Fmod>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.4, -1.2), (1.2, 1.4)), Autodiff.Domain.In((-0.9, -0.8), (0.8, 0.9)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        // For x = |a|, d = |b|, f = ⌊x/d⌋ and the rounded quotient q below 2⁵¹ (2²²): rounding does not cross an integer, so q lies in [f, f + 1] and n is one of the two.
        // x − n·d lies in [−d, d) and is a multiple of the smaller one of the last places of x and d, hence a number of the type: the fused product, which rounds once, is exact.
        // (Where x has the smaller one, x < d: n = 0 leaves x, n = 1 leaves x − d, which is exact by Sterbenz's lemma, since q ≥ ½.) If it is below 0, adding d gives x − f·d, a number for the same reason.
        // An infinite d has q = 0 and leaves x; b = 0, an infinite a and NaN have no q below the limit.
        R x = R.Magnitude(a), d = R.Magnitude(b), q = x / d, zero = R.Of(0);
        if (!R.AllGreater(R.Of(2251799813685248, 4194304), q)) return R.Each<OfOne>(a, b);
        R n = R.RoundToEven(q), rest = R.FusedMultiplyAdd(-n, d, x);
        return R.CopySign(R.IfEqual(n, zero, x, R.IfGreater(zero, rest, rest + d, rest)), a);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1), y);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -((a - y) / b).Round();

    // a quotient of more digits than the type has no lane form
    private readonly struct OfOne : IScalarFunction
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => a % b;
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Fmod"/>
        public R Fmod(R b) => R.Apply<Fmod>(a, b);

        /// <inheritdoc cref="Autodiff.Fmod"/>
        [OverloadResolutionPriority(1)]
        public R Fmod(double b) => R.Apply<Fmod>(a, R.Of(b));
    }
}
