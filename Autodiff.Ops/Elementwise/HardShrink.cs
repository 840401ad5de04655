using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Hard threshold: y = x where |x| &gt; λ, 0 else.</summary>
/// <remarks>∂y/∂x = 1 where |x| &gt; λ, 0 else (also at ±λ); by λ, which moves only the jumps, the derivative is declared zero. NaN in x or λ gives NaN in value and ∂y/∂x.</remarks>
public readonly struct HardShrink : IBinary<HardShrink>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-2, -0.8), (-0.4, 0.4), (0.8, 2)), Autodiff.Domain.In((0.5, 0.7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, b, a, R.IfGreater(-b, a, a, R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a)));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfGreater(a, b, R.Of(1), R.IfGreater(-b, a, R.Of(1), R.IfEqual(a, a, R.IfEqual(b, b, R.Of(0), b), a)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.HardShrink"/>
        public R HardShrink(R lambda) => R.Apply<HardShrink>(x, lambda);

        /// <inheritdoc cref="Autodiff.HardShrink"/>
        /// <exception cref="ArgumentOutOfRangeException">lambda is below 0 or NaN.</exception>
        [OverloadResolutionPriority(1)]
        public R HardShrink(double lambda = 0.5)
        {
            if (!(lambda >= 0)) throw new ArgumentOutOfRangeException(nameof(lambda), string.Create(CultureInfo.InvariantCulture, $"HardShrink: lambda is {lambda}; needs a number of 0 or more."));
            return R.Apply<HardShrink>(x, R.Of(lambda));
        }
    }
}
