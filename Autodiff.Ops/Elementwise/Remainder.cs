using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>What division leaves, with the sign of the divisor: y = a − b·⌊a/b⌋, as Python's <c>%</c>, <c>numpy.remainder</c> and <c>torch.remainder</c>.</summary>
/// <remarks>∂y/∂a = 1, ∂y/∂b = −⌊a/b⌋: an integer, declared constant, also at the jumps. Exact but for one rounding where the signs differ, which can give b itself. A zero has b's sign.
/// NaN for b = 0 and for infinite a. NaN gives NaN, and a result of NaN both gradients. With the sign of the dividend: <see cref="Fmod"/>.</remarks>
public readonly struct Remainder : IBinary<Remainder>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.4, -1.2), (1.2, 1.4)), Autodiff.Domain.In((-0.9, -0.8), (0.8, 0.9)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        // a zero is equal to itself with the sign of b; of two signs there is a d to be added
        R rest = Autodiff.Fmod.Primal(a, b), signed = R.CopySign(rest, b);
        return R.IfEqual(rest, signed, signed, rest + b);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1), y);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -((a - y) / b).Round();
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Remainder"/>
        public R Remainder(R b) => R.Apply<Remainder>(a, b);

        /// <inheritdoc cref="Autodiff.Remainder"/>
        [OverloadResolutionPriority(1)]
        public R Remainder(double b) => R.Apply<Remainder>(a, R.Of(b));
    }
}
