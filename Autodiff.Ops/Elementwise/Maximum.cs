using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The greater of two: y = max(a, b).</summary>
/// <remarks>The derivative goes to the greater; at a tie each gets one half. NaN in either gives NaN, in the value and in both gradients.</remarks>
public readonly struct Maximum : IBinary<Maximum>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-1.1, -0.9), (-0.1, 0.1), (0.9, 1.1)), Autodiff.Domain.In((-0.6, -0.4), (0.4, 0.6)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, b, a, R.IfEqual(a, a, R.IfEqual(a, b, R.IfGreater(R.Of(0), R.Of(1) / a, b, a), b), a));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, b, R.Of(1), R.IfGreater(b, a, R.Of(0), R.IfEqual(a, b, R.Of(0.5), a + b)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(b, a, R.Of(1), R.IfGreater(a, b, R.Of(0), R.IfEqual(a, b, R.Of(0.5), a + b)));
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Maximum"/>
        public R Maximum(R b) => R.Apply<Maximum>(a, b);

        /// <inheritdoc cref="Autodiff.Maximum"/>
        [OverloadResolutionPriority(1)]
        public R Maximum(double b) => R.Apply<Maximum>(a, R.Of(b));
    }
}
