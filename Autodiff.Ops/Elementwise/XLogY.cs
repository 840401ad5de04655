using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>a times the logarithm of b: y = a·ln b, and 0 where a = 0, whatever number b is: what entropies are made of.</summary>
/// <remarks>∂y/∂a = ln b, and 0 where a = 0 and b ≤ 0; ∂y/∂b = a / b, and 0 where a = 0. NaN in either gives NaN. Accuracy: at most 3 units in the last place.</remarks>
public readonly struct XLogY : IBinary<XLogY>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
        => R.IfEqual(a, R.Of(0), R.IfEqual(b, b, R.Of(0), b), a * Autodiff.Log.Primal(b));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(a, R.Of(0), R.IfGreater(b, R.Of(0), b.Log(), R.IfEqual(b, b, R.Of(0), b)), b.Log());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(0), R.IfEqual(b, R.Of(0), R.Of(0), a / b), a / b);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.XLogY"/>
        public R XLogY(R b) => R.Apply<XLogY>(a, b);

        /// <inheritdoc cref="Autodiff.XLogY"/>
        [OverloadResolutionPriority(1)]
        public R XLogY(double b) => R.Apply<XLogY>(a, R.Of(b));
    }
}
