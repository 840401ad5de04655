using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The remainder of a division that is rounded towards zero: y = a − b·n, n = truncate(a / b), as the operator % of numbers.</summary>
/// <remarks>∂y/∂a = 1, ∂y/∂b = −n; n is constant, so at its steps, too. y is exact and has the sign of a, and |y| &lt; |b|. a stays where b is ±∞.
/// NaN where a is infinite, b is 0, or one is NaN, with NaN for both gradients.</remarks>
public readonly struct Remainder : IBinary<Remainder>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-2.8, -2.3), (1.3, 1.7), (2.3, 2.8)), Autodiff.Domain.In((-1.1, -0.95), (0.95, 1.1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.Each<OfOne>(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, y, R.Of(1), y);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -((a - y) / b).Round();

    // a quotient of many digits has no lane form: the remainder is exact, the quotient would be rounded
    private readonly struct OfOne : IScalarFunction
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T> => a % b;
    }
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
