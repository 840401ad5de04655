using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The magnitude of a with the sign of b: y = |a|·sign b; a zero and a NaN have a sign, too.</summary>
/// <remarks>∂y/∂a = ±1, whether the signs are equal or not, and 0 at a = 0, as that of <see cref="Abs"/>; by b it is declared zero. NaN in a gives NaN.</remarks>
public readonly struct CopySign : IBinary<CopySign>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.CopySign(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Apply<CopySign>(R.Of(1), b) * R.Apply<Sign>(a);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.CopySign"/>
        public R CopySign(R b) => R.Apply<CopySign>(a, b);

        /// <inheritdoc cref="Autodiff.CopySign"/>
        [OverloadResolutionPriority(1)]
        public R CopySign(double b) => R.Apply<CopySign>(a, R.Of(b));
    }
}
