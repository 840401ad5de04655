using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Straight-through estimator: the value of b, which is some hard function of a (rounded, a sign, a chosen class), with the derivative of a.</summary>
/// <remarks>y = b, ∂y/∂a = 1 and ∂y/∂b = 0 by declaration. Shapes broadcast. The value is b exactly, where a + (b − a) would be rounded; NaN in either gives NaN, with the same derivatives, as a sum has.
/// Source: Bengio, Léonard and Courville, arXiv:1308.3432.</remarks>
public readonly struct StraightThrough : IBinary<StraightThrough>
{
    /// <inheritdoc/>
    public static bool DeclaresDerivative => true;

    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfEqual(a, a, b, a);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(1);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.StraightThrough"/>
        /// <param name="hard">The value, <c>x.Round()</c> for instance.</param>
        public R StraightThrough(R hard) => R.Apply<StraightThrough>(a, hard);
    }
}
