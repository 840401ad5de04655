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
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.Each<OfOne>(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1), y);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -((a - y) / b).Round();

    // a quotient of many digits has no lane form: what is left is exact, the quotient would be rounded
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
